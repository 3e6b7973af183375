namespace Sluice.State;

/// <summary>What the log knows about a resource.</summary>
/// <param name="CreatedAt">When it was first written; null when configuration declares it.</param>
/// <param name="UpdatedAt">When it was last written; null when configuration declares it.</param>
/// <param name="Revision">Version of the change that wrote it last; 0 when configuration declares it.</param>
/// <param name="IsDeclared">True when configuration declares it: it cannot be changed through the API.</param>
public sealed record ResourceMetadata(DateTimeOffset? CreatedAt, DateTimeOffset? UpdatedAt, long Revision, bool IsDeclared)
{
    /// <summary>For resources that no log has seen.</summary>
    public static ResourceMetadata None { get; } = new(null, null, 0, false);

    /// <summary>For resources that configuration declares.</summary>
    public static ResourceMetadata Declared { get; } = new(null, null, 0, true);
}
