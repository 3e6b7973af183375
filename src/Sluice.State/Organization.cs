using System.Text.Json.Serialization;

namespace Sluice.State;

/// <summary>The one organization that everything belongs to (<c>/org/v2/organizations</c>).</summary>
/// <param name="Id">A UUID; part of every CRN.</param>
/// <param name="DisplayName">For people.</param>
public sealed record Organization(string Id, string DisplayName) : IStateResource
{
    /// <summary>What a gateway that configures nothing belongs to. Fixed, so that CRNs can be written before the first start.</summary>
    public static Organization Default { get; } = new("5e1fc105-ed9a-4e00-8000-000000000001", "Sluice");

    [JsonIgnore]
    public ResourceMetadata Metadata { get; init; } = ResourceMetadata.None;

    ResourceKind IStateResource.Kind => ResourceKind.Organization;

    IStateResource IStateResource.WithMetadata(ResourceMetadata metadata) => this with { Metadata = metadata };
}
