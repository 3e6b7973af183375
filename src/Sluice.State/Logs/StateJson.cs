using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sluice.State.Logs;

/// <summary>How resources are written in the log. Fields may be added; none is renamed or removed.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Organization))]
[JsonSerializable(typeof(DeploymentEnvironment))]
[JsonSerializable(typeof(IdentityProvider))]
[JsonSerializable(typeof(IdentityPool))]
[JsonSerializable(typeof(User))]
[JsonSerializable(typeof(ServiceAccount))]
[JsonSerializable(typeof(ApiKey))]
[JsonSerializable(typeof(RoleBinding))]
internal sealed partial class StateJson : JsonSerializerContext
{
    public static byte[] Write(IStateResource resource) =>
        JsonSerializer.SerializeToUtf8Bytes(resource, Default.GetTypeInfo(resource.GetType())!);

    public static IStateResource Read(ResourceKind kind, ReadOnlySpan<byte> body) => (IStateResource)(kind switch
    {
        ResourceKind.Organization => (object?)JsonSerializer.Deserialize(body, Default.Organization),
        ResourceKind.Environment => JsonSerializer.Deserialize(body, Default.DeploymentEnvironment),
        ResourceKind.IdentityProvider => JsonSerializer.Deserialize(body, Default.IdentityProvider),
        ResourceKind.IdentityPool => JsonSerializer.Deserialize(body, Default.IdentityPool),
        ResourceKind.User => JsonSerializer.Deserialize(body, Default.User),
        ResourceKind.ServiceAccount => JsonSerializer.Deserialize(body, Default.ServiceAccount),
        ResourceKind.ApiKey => JsonSerializer.Deserialize(body, Default.ApiKey),
        ResourceKind.RoleBinding => JsonSerializer.Deserialize(body, Default.RoleBinding),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Unknown kind of resource."),
    } ?? throw new JsonException("The body of a change is null."));
}
