using System.Globalization;
using Sluice.State;

namespace Sluice.ControlPlane;

/// <summary>What every control-plane object says of itself.</summary>
internal sealed record ObjectMeta(string Self, string ResourceName, string? CreatedAt, string? UpdatedAt)
{
    public static ObjectMeta Of(string self, string resourceName, ResourceMetadata metadata) =>
        new(self, resourceName, Text(metadata.CreatedAt), Text(metadata.UpdatedAt));

    /// <summary>RFC 3339 in UTC, with a fraction only when there is one.</summary>
    public static string? Text(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
}

/// <summary>Where a page is among its fellows. A link that leads nowhere is left out: a null one crashes Terraform's provider.</summary>
internal sealed record ListMeta(string First, string Last, string? Prev, string? Next, int TotalSize);

/// <summary>One page of a collection.</summary>
internal sealed record ListBody<T>(string ApiVersion, string Kind, ListMeta Metadata, IReadOnlyList<T> Data);

/// <summary>A link to another object.</summary>
internal sealed record ObjectReference(string Id, string Related, string ResourceName, string ApiVersion, string Kind);

/// <summary>A link to an environment or a global object, without its kind.</summary>
internal sealed record ScopedReference(string Id, string Related, string ResourceName);
