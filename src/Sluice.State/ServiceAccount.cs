using System.Text.Json.Serialization;

namespace Sluice.State;

/// <summary>A program that acts with API keys (<c>/iam/v2/service-accounts</c>).</summary>
/// <param name="Id">Such as <c>sa-a1b2c3d4</c>.</param>
/// <param name="DisplayName">For people; unique.</param>
/// <param name="Description">For people.</param>
public sealed record ServiceAccount(string Id, string DisplayName, string Description) : IStateResource
{
    /// <summary>The Kafka principal it acts as.</summary>
    [JsonIgnore]
    public string Principal => $"User:{Id}";

    [JsonIgnore]
    public ResourceMetadata Metadata { get; init; } = ResourceMetadata.None;

    ResourceKind IStateResource.Kind => ResourceKind.ServiceAccount;

    IStateResource IStateResource.WithMetadata(ResourceMetadata metadata) => this with { Metadata = metadata };
}
