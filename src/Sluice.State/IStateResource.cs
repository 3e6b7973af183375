namespace Sluice.State;

/// <summary>One thing an administrator configures.</summary>
public interface IStateResource
{
    /// <summary>Unique among resources of its kind; never used again after deletion.</summary>
    string Id { get; }

    /// <summary>Which collection it lives in.</summary>
    ResourceKind Kind { get; }

    /// <summary>Kept by the log, not by whoever changes the resource.</summary>
    ResourceMetadata Metadata { get; }

    /// <summary>The same resource with other metadata.</summary>
    IStateResource WithMetadata(ResourceMetadata metadata);
}
