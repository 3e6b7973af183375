namespace Sluice.State;

/// <summary>One resource written or deleted, before the log has numbered it.</summary>
/// <param name="Kind">Which collection.</param>
/// <param name="Id">Which resource.</param>
/// <param name="After">The resource as it is to be; null: deleted.</param>
public sealed record Change(ResourceKind Kind, string Id, IStateResource? After)
{
    /// <summary>Creates or replaces.</summary>
    public static Change Put(IStateResource resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        return new(resource.Kind, resource.Id, resource);
    }

    /// <summary>Deletes.</summary>
    public static Change Delete(IStateResource resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        return new(resource.Kind, resource.Id, null);
    }
}
