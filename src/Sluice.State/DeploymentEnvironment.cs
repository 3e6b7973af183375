using System.Text.Json.Serialization;

namespace Sluice.State;

/// <summary>A group of clusters (<c>/org/v2/environments</c>).</summary>
/// <param name="Id">Such as <c>env-a1b2c3d4</c>.</param>
/// <param name="DisplayName">For people; unique.</param>
/// <param name="StreamGovernancePackage"><c>ESSENTIALS</c> or <c>ADVANCED</c>, echoed to clients that set it; null: not set.</param>
public sealed record DeploymentEnvironment(string Id, string DisplayName, string? StreamGovernancePackage) : IStateResource
{
    [JsonIgnore]
    public ResourceMetadata Metadata { get; init; } = ResourceMetadata.None;

    ResourceKind IStateResource.Kind => ResourceKind.Environment;

    IStateResource IStateResource.WithMetadata(ResourceMetadata metadata) => this with { Metadata = metadata };
}
