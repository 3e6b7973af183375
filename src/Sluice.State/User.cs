using System.Text.Json.Serialization;

namespace Sluice.State;

/// <summary>A person who administers (<c>/iam/v2/users</c>).</summary>
/// <param name="Id">Such as <c>u-a1b2c3d4</c>.</param>
/// <param name="Email">Where to reach them; may be empty.</param>
/// <param name="FullName">For people.</param>
public sealed record User(string Id, string Email, string FullName) : IStateResource
{
    /// <summary>The Kafka principal it acts as.</summary>
    [JsonIgnore]
    public string Principal => $"User:{Id}";

    [JsonIgnore]
    public ResourceMetadata Metadata { get; init; } = ResourceMetadata.None;

    ResourceKind IStateResource.Kind => ResourceKind.User;

    IStateResource IStateResource.WithMetadata(ResourceMetadata metadata) => this with { Metadata = metadata };
}
