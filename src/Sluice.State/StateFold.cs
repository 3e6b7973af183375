using System.Collections.Immutable;

namespace Sluice.State;

/// <summary>Folds changes into a state. Not thread-safe; one is made for each batch of changes.</summary>
internal sealed class StateFold(GatewayState origin)
{
    private readonly ImmutableDictionary<string, DeploymentEnvironment>.Builder _environments = origin.Environments.ToBuilder();
    private readonly ImmutableDictionary<string, IdentityProvider>.Builder _providers = origin.IdentityProviders.ToBuilder();
    private readonly ImmutableDictionary<string, IdentityPool>.Builder _pools = origin.IdentityPools.ToBuilder();
    private readonly ImmutableDictionary<string, User>.Builder _users = origin.Users.ToBuilder();
    private readonly ImmutableDictionary<string, ServiceAccount>.Builder _accounts = origin.ServiceAccounts.ToBuilder();
    private readonly ImmutableDictionary<string, ApiKey>.Builder _keys = origin.ApiKeys.ToBuilder();
    private readonly ImmutableDictionary<string, RoleBinding>.Builder _bindings = origin.RoleBindings.ToBuilder();

    private readonly ImmutableDictionary<string, string>.Builder _providersByIssuer = origin.Indexes.ProviderIdsByIssuer.ToBuilder();
    private readonly ImmutableDictionary<string, string>.Builder _accountsByName = origin.Indexes.ServiceAccountIdsByName.ToBuilder();
    private readonly ImmutableDictionary<string, ImmutableHashSet<string>>.Builder _poolsByProvider =
        origin.Indexes.PoolIdsByProvider.ToBuilder();

    private readonly ImmutableDictionary<string, ImmutableHashSet<string>>.Builder _keysByOwner = origin.Indexes.ApiKeyIdsByOwner.ToBuilder();
    private readonly ImmutableDictionary<string, ImmutableHashSet<string>>.Builder _bindingsByPrincipal =
        origin.Indexes.RoleBindingIdsByPrincipal.ToBuilder();

    // Past so many it is cheaper to walk the whole collection: null from there on.
    private const int MostTouched = 1024;

    private List<string>? _touchedPools = [];
    private Organization _organization = origin.Organization;

    /// <summary>Takes one change in. Changes of what configuration declares are passed over: configuration wins.</summary>
    public void Apply(ChangeRecord record)
    {
        var before = Find(record.Kind, record.Id);
        if (before is { Metadata.IsDeclared: true })
        {
            return;
        }

        if (record.After is null)
        {
            Remove(record.Kind, record.Id);
            return;
        }

        Put(record.After.WithMetadata(new ResourceMetadata(before?.Metadata.CreatedAt ?? record.At, record.At, record.Version, false)));
    }

    public void Put(IStateResource resource)
    {
        var before = Find(resource.Kind, resource.Id);
        if (before is null || IndexKey(before) != IndexKey(resource))
        {
            Unindex(before);
            Index(resource);
        }

        switch (resource)
        {
            case Organization organization:
                _organization = organization;
                break;
            case DeploymentEnvironment environment:
                _environments[environment.Id] = environment;
                break;
            case IdentityProvider provider:
                _providers[provider.Id] = provider;
                break;
            case IdentityPool pool:
                _pools[pool.Id] = pool;
                Touch(pool.Id);
                break;
            case User user:
                _users[user.Id] = user;
                break;
            case ServiceAccount account:
                _accounts[account.Id] = account;
                break;
            case ApiKey key:
                _keys[key.Id] = key;
                break;
            case RoleBinding binding:
                _bindings[binding.Id] = binding;
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(resource), resource.Kind, "Unknown kind of resource.");
        }
    }

    public GatewayState ToState(long version)
    {
        var pools = _pools.ToImmutable();
        return origin with
        {
            Version = version,
            Organization = _organization,
            Environments = _environments.ToImmutable(),
            IdentityProviders = _providers.ToImmutable(),
            IdentityPools = pools,
            Users = _users.ToImmutable(),
            ServiceAccounts = _accounts.ToImmutable(),
            ApiKeys = _keys.ToImmutable(),
            RoleBindings = _bindings.ToImmutable(),
            RecentPoolChanges = _touchedPools switch
            {
                null => new RecentChanges<IdentityPool>(),
                [] => origin.RecentPoolChanges,
                var ids => origin.RecentPoolChanges.With(origin.IdentityPools, pools, [.. ids]),
            },
            Indexes = new StateIndexes
            {
                ProviderIdsByIssuer = _providersByIssuer.ToImmutable(),
                PoolIdsByProvider = _poolsByProvider.ToImmutable(),
                ServiceAccountIdsByName = _accountsByName.ToImmutable(),
                ApiKeyIdsByOwner = _keysByOwner.ToImmutable(),
                RoleBindingIdsByPrincipal = _bindingsByPrincipal.ToImmutable(),
            },
        };
    }

    private IStateResource? Find(ResourceKind kind, string id) => kind switch
    {
        ResourceKind.Organization => id == _organization.Id ? _organization : null,
        ResourceKind.Environment => _environments.GetValueOrDefault(id),
        ResourceKind.IdentityProvider => _providers.GetValueOrDefault(id),
        ResourceKind.IdentityPool => _pools.GetValueOrDefault(id),
        ResourceKind.User => _users.GetValueOrDefault(id),
        ResourceKind.ServiceAccount => _accounts.GetValueOrDefault(id),
        ResourceKind.ApiKey => _keys.GetValueOrDefault(id),
        ResourceKind.RoleBinding => _bindings.GetValueOrDefault(id),
        _ => null,
    };

    private void Remove(ResourceKind kind, string id)
    {
        Unindex(Find(kind, id));
        if (kind == ResourceKind.IdentityPool)
        {
            Touch(id);
        }

        _ = kind switch
        {
            ResourceKind.Environment => _environments.Remove(id),
            ResourceKind.IdentityProvider => _providers.Remove(id),
            ResourceKind.IdentityPool => _pools.Remove(id),
            ResourceKind.User => _users.Remove(id),
            ResourceKind.ServiceAccount => _accounts.Remove(id),
            ResourceKind.ApiKey => _keys.Remove(id),
            ResourceKind.RoleBinding => _bindings.Remove(id),
            _ => false,
        };
    }

    private void Touch(string poolId)
    {
        _touchedPools?.Add(poolId);
        if (_touchedPools?.Count > MostTouched)
        {
            _touchedPools = null;
        }
    }

    // What the resource is indexed under; null: it is not.
    private static string? IndexKey(IStateResource resource) => resource switch
    {
        IdentityProvider provider => provider.Issuer,
        IdentityPool pool => pool.ProviderId,
        ServiceAccount account => account.DisplayName,
        ApiKey key => key.OwnerId,
        RoleBinding binding => binding.Principal,
        _ => null,
    };

    private void Index(IStateResource resource)
    {
        switch (resource)
        {
            case IdentityProvider provider:
                _providersByIssuer[provider.Issuer] = provider.Id;
                break;
            case IdentityPool pool:
                Add(_poolsByProvider, pool.ProviderId, pool.Id);
                break;
            case ServiceAccount account:
                _accountsByName[account.DisplayName] = account.Id;
                break;
            case ApiKey key:
                Add(_keysByOwner, key.OwnerId, key.Id);
                break;
            case RoleBinding binding:
                Add(_bindingsByPrincipal, binding.Principal, binding.Id);
                break;
            default:
                break;
        }
    }

    private void Unindex(IStateResource? resource)
    {
        switch (resource)
        {
            case IdentityProvider provider:
                RemoveIfOwn(_providersByIssuer, provider.Issuer, provider.Id);
                break;
            case IdentityPool pool:
                Remove(_poolsByProvider, pool.ProviderId, pool.Id);
                break;
            case ServiceAccount account:
                RemoveIfOwn(_accountsByName, account.DisplayName, account.Id);
                break;
            case ApiKey key:
                Remove(_keysByOwner, key.OwnerId, key.Id);
                break;
            case RoleBinding binding:
                Remove(_bindingsByPrincipal, binding.Principal, binding.Id);
                break;
            default:
                break;
        }
    }

    private static void Add(ImmutableDictionary<string, ImmutableHashSet<string>>.Builder index, string key, string id) =>
        index[key] = index.GetValueOrDefault(key, ImmutableHashSet.Create<string>(StringComparer.Ordinal)).Add(id);

    private static void Remove(ImmutableDictionary<string, ImmutableHashSet<string>>.Builder index, string key, string id)
    {
        if (!index.TryGetValue(key, out var ids))
        {
            return;
        }

        ids = ids.Remove(id);
        if (ids.IsEmpty)
        {
            index.Remove(key);
        }
        else
        {
            index[key] = ids;
        }
    }

    private static void RemoveIfOwn(ImmutableDictionary<string, string>.Builder index, string key, string id)
    {
        if (index.TryGetValue(key, out var owner) && owner == id)
        {
            index.Remove(key);
        }
    }
}
