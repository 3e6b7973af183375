using System.Text.Json.Serialization;

namespace Sluice.State;

/// <summary>A key for HTTP Basic. The secret itself is not kept.</summary>
/// <param name="Id">The user name.</param>
/// <param name="SecretHash">See <see cref="ApiKeySecret"/>.</param>
/// <param name="OwnerId">Who acts: a service account (<c>sa-…</c>) or user (<c>u-…</c>).</param>
/// <param name="ResourceId">The cluster it is for (<c>lkc-…</c>), or <c>cloud</c> for the control plane; null: everything (an administrator's key).</param>
public sealed record ApiKey(string Id, string SecretHash, string OwnerId, string? ResourceId) : IStateResource
{
    /// <summary>What <see cref="ResourceId"/> says of a key for the control plane.</summary>
    public const string Cloud = "cloud";

    /// <summary>For people.</summary>
    public string DisplayName { get; init; } = "";

    /// <summary>For people.</summary>
    public string Description { get; init; } = "";

    /// <summary>The Kafka principal its holder acts as.</summary>
    [JsonIgnore]
    public string Principal => $"User:{OwnerId}";

    [JsonIgnore]
    public ResourceMetadata Metadata { get; init; } = ResourceMetadata.None;

    ResourceKind IStateResource.Kind => ResourceKind.ApiKey;

    IStateResource IStateResource.WithMetadata(ResourceMetadata metadata) => this with { Metadata = metadata };

    /// <summary>Keeps the hash out of logs.</summary>
    public override string ToString() => $"ApiKey {Id} of {OwnerId} for {ResourceId ?? "everything"}";
}
