using System.Collections.Immutable;

namespace Sluice.State;

/// <summary>
/// Everything an administrator configured, at one moment. Immutable: a request reads it once, with one reference load, and sees one truth.
/// </summary>
public sealed record GatewayState
{
    public static GatewayState Empty { get; } = new();

    /// <summary>Number of the last change folded in; grows by one with each.</summary>
    public long Version { get; init; }

    /// <summary>Who everything belongs to.</summary>
    public Organization Organization { get; init; } = Organization.Default;

    /// <summary>By id.</summary>
    public ImmutableDictionary<string, DeploymentEnvironment> Environments { get; init; } = ById<DeploymentEnvironment>();

    /// <summary>By id.</summary>
    public ImmutableDictionary<string, IdentityProvider> IdentityProviders { get; init; } = ById<IdentityProvider>();

    /// <summary>By id; ids are unique over all providers.</summary>
    public ImmutableDictionary<string, IdentityPool> IdentityPools { get; init; } = ById<IdentityPool>();

    /// <summary>By id.</summary>
    public ImmutableDictionary<string, User> Users { get; init; } = ById<User>();

    /// <summary>By id.</summary>
    public ImmutableDictionary<string, ServiceAccount> ServiceAccounts { get; init; } = ById<ServiceAccount>();

    /// <summary>By id (the Basic user name).</summary>
    public ImmutableDictionary<string, ApiKey> ApiKeys { get; init; } = ById<ApiKey>();

    /// <summary>By id.</summary>
    public ImmutableDictionary<string, RoleBinding> RoleBindings { get; init; } = ById<RoleBinding>();

    /// <summary>Answers to questions that would otherwise walk a whole collection. Kept by the fold.</summary>
    public StateIndexes Indexes { get; init; } = StateIndexes.Empty;

    /// <summary>What the last changes to <see cref="IdentityPools"/> touched. Kept by the fold.</summary>
    public RecentChanges<IdentityPool> RecentPoolChanges { get; init; } = new();

    /// <summary>The same state with these resources in it, as configuration declares them: read-only, without a version.</summary>
    public GatewayState WithDeclared(IEnumerable<IStateResource> resources)
    {
        var fold = new StateFold(this);
        foreach (var resource in resources)
        {
            fold.Put(resource.WithMetadata(ResourceMetadata.Declared));
        }

        return fold.ToState(Version);
    }

    /// <summary>The resource, or null when there is none.</summary>
    public IStateResource? Find(ResourceKind kind, string id) => kind switch
    {
        ResourceKind.Organization => id == Organization.Id ? Organization : null,
        ResourceKind.Environment => Environments.GetValueOrDefault(id),
        ResourceKind.IdentityProvider => IdentityProviders.GetValueOrDefault(id),
        ResourceKind.IdentityPool => IdentityPools.GetValueOrDefault(id),
        ResourceKind.User => Users.GetValueOrDefault(id),
        ResourceKind.ServiceAccount => ServiceAccounts.GetValueOrDefault(id),
        ResourceKind.ApiKey => ApiKeys.GetValueOrDefault(id),
        ResourceKind.RoleBinding => RoleBindings.GetValueOrDefault(id),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Unknown kind of resource."),
    };

    internal static ImmutableDictionary<string, T> ById<T>() => ImmutableDictionary.Create<string, T>(StringComparer.Ordinal);
}
