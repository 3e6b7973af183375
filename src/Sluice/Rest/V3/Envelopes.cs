using System.Text.Json.Serialization;

namespace Sluice.Rest.V3;

/// <summary><c>metadata</c> of one resource. <c>resource_name</c> is left out where there is none.</summary>
internal sealed record ResourceMetadata(
    string Self,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? ResourceName);

/// <summary><c>metadata</c> of a collection. <c>next</c> is always there and always null: v3 has no paging.</summary>
internal sealed record ListMetadata(string Self, string? Next);

/// <summary>A collection.</summary>
internal sealed record ListBody<T>(string Kind, ListMetadata Metadata, IReadOnlyList<T> Data)
{
    public static ListBody<T> Of(string kind, string self, IReadOnlyList<T> data) => new(kind, new ListMetadata(self, null), data);
}

/// <summary>A link to something else.</summary>
internal sealed record Relationship(string Related);
