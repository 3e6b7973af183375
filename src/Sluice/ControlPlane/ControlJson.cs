using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Sluice.Changes;
using Sluice.Cmk.V2;
using Sluice.Iam.V2.ApiKeys;
using Sluice.Iam.V2.IdentityPools;
using Sluice.Iam.V2.IdentityProviders;
using Sluice.Iam.V2.RoleBindings;
using Sluice.Iam.V2.ServiceAccounts;
using Sluice.Iam.V2.Users;
using Sluice.Org.V2;
using Sluice.Sts;

namespace Sluice.ControlPlane;

/// <summary>How control-plane bodies look on the wire: snake case, nothing for null.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ErrorEnvelope))]
[JsonSerializable(typeof(TokenReply))]
[JsonSerializable(typeof(StsDiscovery))]
[JsonSerializable(typeof(IdentityProviderBody))]
[JsonSerializable(typeof(ListBody<IdentityProviderBody>))]
[JsonSerializable(typeof(JwksBody))]
[JsonSerializable(typeof(IdentityPoolBody))]
[JsonSerializable(typeof(ListBody<IdentityPoolBody>))]
[JsonSerializable(typeof(ServiceAccountBody))]
[JsonSerializable(typeof(ListBody<ServiceAccountBody>))]
[JsonSerializable(typeof(ApiKeyBody))]
[JsonSerializable(typeof(ListBody<ApiKeyBody>))]
[JsonSerializable(typeof(RoleBindingBody))]
[JsonSerializable(typeof(ListBody<RoleBindingBody>))]
[JsonSerializable(typeof(UserBody))]
[JsonSerializable(typeof(ListBody<UserBody>))]
[JsonSerializable(typeof(OrganizationBody))]
[JsonSerializable(typeof(ListBody<OrganizationBody>))]
[JsonSerializable(typeof(ChangeListBody))]
[JsonSerializable(typeof(EnvironmentBody))]
[JsonSerializable(typeof(ListBody<EnvironmentBody>))]
[JsonSerializable(typeof(ClusterBody))]
[JsonSerializable(typeof(ListBody<ClusterBody>))]
internal sealed partial class ControlJson : JsonSerializerContext
{
    /// <summary>Filters keep their <c>&amp;&amp;</c> and quotes readable: the answer is JSON, never HTML.</summary>
    public static ControlJson Wire { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
