using System.Collections.Immutable;

namespace Sluice.State;

/// <summary>Second ways into the collections of a <see cref="GatewayState"/>.</summary>
public sealed record StateIndexes
{
    public static StateIndexes Empty { get; } = new();

    /// <summary>Issuer (byte for byte) to provider id.</summary>
    public ImmutableDictionary<string, string> ProviderIdsByIssuer { get; init; } = GatewayState.ById<string>();

    /// <summary>Provider id to the ids of its pools.</summary>
    public ImmutableDictionary<string, ImmutableHashSet<string>> PoolIdsByProvider { get; init; } =
        GatewayState.ById<ImmutableHashSet<string>>();

    /// <summary>Display name to service account id.</summary>
    public ImmutableDictionary<string, string> ServiceAccountIdsByName { get; init; } = GatewayState.ById<string>();

    /// <summary>Owner id to the ids of its API keys.</summary>
    public ImmutableDictionary<string, ImmutableHashSet<string>> ApiKeyIdsByOwner { get; init; } =
        GatewayState.ById<ImmutableHashSet<string>>();

    /// <summary>Principal to the ids of its role bindings.</summary>
    public ImmutableDictionary<string, ImmutableHashSet<string>> RoleBindingIdsByPrincipal { get; init; } =
        GatewayState.ById<ImmutableHashSet<string>>();
}
