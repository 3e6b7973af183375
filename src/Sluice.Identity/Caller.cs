namespace Sluice.Identity;

/// <summary>Who a request acts as, once its credentials have been checked.</summary>
/// <param name="Principals">Kafka principals, at least one: the pools that matched, or an API key's owner.</param>
/// <param name="Kind">What kind of credential it was.</param>
/// <param name="ExternalIdentity">The caller's name at its provider (the identity claim), for audit; null for API keys.</param>
public sealed record Caller(IReadOnlyList<string> Principals, CallerKind Kind, string? ExternalIdentity)
{
    /// <summary>The provider whose token it was.</summary>
    public string? ProviderId { get; init; }

    /// <summary>The API key's id.</summary>
    public string? ApiKeyId { get; init; }

    /// <summary>For API keys: the one cluster the key is good for; null is every resource.</summary>
    public string? ResourceId { get; init; }

    /// <summary>When the credential ends; no request may act on it later, an open stream included. Null: does not end.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>The <c>Authorization</c> field that the token came in. Kept whole: a copy of the token alone would double what is remembered of it.</summary>
    internal string? Authorization { get; init; }

    /// <summary>Where in <see cref="Authorization"/> the token begins.</summary>
    internal int TokenStart { get; init; }

    /// <summary>The bearer token as it came, for clusters that pass it through to the broker; null when it was another kind of credential.</summary>
    /// <remarks>Made anew at each call.</remarks>
    public string? GetToken() => Authorization?[TokenStart..];

    /// <summary>Keeps the token out of logs.</summary>
    public override string ToString() => $"{Kind} {string.Join(',', Principals)}";
}

public enum CallerKind
{
    Pool,
    ApiKey,
}
