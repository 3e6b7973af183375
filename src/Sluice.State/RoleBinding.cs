using System.Text.Json.Serialization;

namespace Sluice.State;

/// <summary>What a principal may do, and where (<c>/iam/v2/role-bindings</c>). Never changes: it is made and deleted.</summary>
/// <param name="Id">Such as <c>rb-a1b2c3d4</c>.</param>
/// <param name="Principal">Such as <c>User:pool-a1b2</c>.</param>
/// <param name="RoleName">Such as <c>DeveloperRead</c>.</param>
/// <param name="CrnPattern">The scope or resource, exactly as it was given.</param>
public sealed record RoleBinding(string Id, string Principal, string RoleName, string CrnPattern) : IStateResource
{
    [JsonIgnore]
    public ResourceMetadata Metadata { get; init; } = ResourceMetadata.None;

    ResourceKind IStateResource.Kind => ResourceKind.RoleBinding;

    IStateResource IStateResource.WithMetadata(ResourceMetadata metadata) => this with { Metadata = metadata };
}
