using System.Text.Json.Serialization;

namespace Sluice.State;

/// <summary>A set of token holders that act as one principal, <c>User:&lt;id&gt;</c> (<c>…/identity-pools</c>).</summary>
/// <param name="Id">Such as <c>pool-a1b2</c>.</param>
/// <param name="ProviderId">The provider whose tokens it takes.</param>
/// <param name="DisplayName">For people.</param>
/// <param name="Description">For people.</param>
/// <param name="IdentityClaim">Path to the claim that names the caller in audit records, such as <c>claims.sub</c>.</param>
/// <param name="Filter">CEL over <c>claims</c>: who belongs to the pool.</param>
public sealed record IdentityPool(
    string Id, string ProviderId, string DisplayName, string Description, string IdentityClaim, string Filter)
    : IStateResource
{
    /// <summary>The Kafka principal its members act as.</summary>
    [JsonIgnore]
    public string Principal => $"User:{Id}";

    [JsonIgnore]
    public ResourceMetadata Metadata { get; init; } = ResourceMetadata.None;

    ResourceKind IStateResource.Kind => ResourceKind.IdentityPool;

    IStateResource IStateResource.WithMetadata(ResourceMetadata metadata) => this with { Metadata = metadata };
}
