using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Sluice.Identity;

/// <summary>Section <c>Sluice:Identity</c>: what a token must look like and what is remembered about it.</summary>
public sealed class IdentityOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Sluice:Identity";

    /// <summary>Longest of all header fields of a request together, in bytes; more answers 431. Tokens with hundreds of groups are 16 KiB and more.</summary>
    [Range(8 * 1024, 16 * 1024 * 1024)]
    public int MaxHeaderBytes { get; set; } = 64 * 1024;

    /// <summary>Longest token, in bytes.</summary>
    [Range(1024, 1024 * 1024)]
    public int MaxTokenBytes { get; set; } = 16 * 1024;

    /// <summary>Difference between this machine's clock and an issuer's that is overlooked: 0 to 300 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan ClockSkew { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Refuse tokens without <c>iat</c>.</summary>
    public bool RequireIssuedAt { get; set; } = true;

    /// <summary>Longest <c>exp − iat</c>; null: any.</summary>
    public TimeSpan? MaxTokenLifetime { get; set; }

    /// <summary>Refuse requests that do not name a pool, as Confluent Cloud did before automatic pool mapping.</summary>
    public bool RequirePoolHeader { get; set; }

    /// <summary>Most pools that <c>Confluent-Identity-Pool-Id</c> may name.</summary>
    [Range(1, 1000)]
    public int MaxNamedPools { get; set; } = 10;

    /// <summary>Most pools of one provider that a request without the header is matched against. A provider with more needs the header.</summary>
    [Range(1, 1_000_000)]
    public int MaxMappedPools { get; set; } = 100;

    /// <summary>How long a checked token is remembered at most; its own expiry may be sooner.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan TokenCacheLifetime { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Most tokens remembered; never exceeded.</summary>
    [Range(2, 10_000_000)]
    public int TokenCacheEntries { get; set; } = 50_000;

    /// <summary>Most memory that remembered tokens and their answers may take, in bytes; never exceeded. An estimate that says rather more than less.</summary>
    [Range(1024 * 1024, long.MaxValue)]
    public long TokenCacheBytes { get; set; } = 128 * 1024 * 1024;

    /// <summary>Token ids (<c>jti</c>) that are refused although valid. Read again when the configuration changes.</summary>
    public IList<string> DeniedTokenIds { get; } = [];

    /// <summary>Subjects (<c>sub</c>) whose tokens are refused although valid. Read again when the configuration changes.</summary>
    public IList<string> DeniedSubjects { get; } = [];

    /// <summary>
    /// Issuers that many tenants share: pools under them must constrain <c>sub</c> or <c>aud</c>. An entry matches itself and everything below it.
    /// </summary>
    public IList<string> SharedIssuers { get; } = [.. DefaultSharedIssuers];

    /// <summary>
    /// This gateway's public base URL, such as <c>https://kafka.example.com</c>: the <c>resource</c> of RFC 9728 metadata, and what a DPoP proof's
    /// <c>htu</c> is compared with. Null: the address that the request used.
    /// </summary>
    public string? PublicUrl { get; set; }

    /// <summary>List the trusted issuers in RFC 9728 metadata. It tells strangers whom you trust, so it is off.</summary>
    public bool ListAuthorizationServers { get; set; }

    /// <summary>Scopes that clients should ask their authorization servers for: <c>scopes_supported</c> of RFC 9728 metadata. Only told; pool filters decide.</summary>
    public IList<string> Scopes { get; } = [];

    /// <summary>
    /// Let callers have their own tokens explained, not only administrators. The explanation shows the filters of the pools it looks at, so whoever holds
    /// a token of a trusted provider sees that provider's filters.
    /// </summary>
    public bool ExplainToCallers { get; set; } = true;

    [ValidateObjectMembers]
    public KeyOptions Keys { get; set; } = new();

    public OutboundOptions Outbound { get; set; } = new();

    [ValidateObjectMembers]
    public DpopOptions Dpop { get; set; } = new();

    private static readonly string[] DefaultSharedIssuers =
    [
        "https://accounts.google.com",
        "https://token.actions.githubusercontent.com",
        "https://gitlab.com",
        "https://oidc.circleci.com",
        "https://login.microsoftonline.com/common",
        "https://login.microsoftonline.com/organizations",
        "https://login.microsoftonline.com/consumers",
        "https://api.bitbucket.org",
        "https://agent.buildkite.com",
        "https://app.terraform.io",
    ];
}

/// <summary>Section <c>Sluice:Identity:Keys</c>: how providers' keys are fetched and kept.</summary>
public sealed class KeyOptions
{
    /// <summary>How long one fetch may take.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan FetchTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Largest JWK Set, in bytes.</summary>
    [Range(1024, 16 * 1024 * 1024)]
    public int MaxBytes { get; set; } = 512 * 1024;

    /// <summary>Most keys kept of one provider; the first ones.</summary>
    [Range(1, 1000)]
    public int MaxKeys { get; set; } = 100;

    /// <summary>How long keys stay in use after a refresh was due and failed.</summary>
    [Range(typeof(TimeSpan), "00:05:00", "30.00:00:00")]
    public TimeSpan StaleLimit { get; set; } = TimeSpan.FromHours(24);

    /// <summary>Least time between two refreshes of one provider because tokens name unknown keys.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan UnknownKeyInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a request waits for such a refresh.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:30")]
    public TimeSpan UnknownKeyWait { get; set; } = TimeSpan.FromSeconds(2);
}

/// <summary>Section <c>Sluice:Identity:Outbound</c>: where the gateway may connect to fetch keys.</summary>
public sealed class OutboundOptions
{
    /// <summary>Take <c>http://</c> issuers and key sets on loopback addresses. For development only.</summary>
    public bool AllowHttpOnLoopback { get; set; }

    /// <summary>
    /// Networks in CIDR form, such as <c>10.20.0.0/16</c>, that keys may be fetched from although they are private. Without an entry, only public
    /// addresses are connected to.
    /// </summary>
    public IList<string> AllowedNetworks { get; } = [];

    /// <summary>Forward proxy for fetching keys, such as <c>http://proxy.example.com:3128</c>. The environment's proxy settings are not used.</summary>
    public string? Proxy { get; set; }

    /// <summary>A PEM file with certificate authorities trusted besides the system's.</summary>
    public string? CaFile { get; set; }
}

/// <summary>Section <c>Sluice:Identity:Dpop</c> (RFC 9449).</summary>
public sealed class DpopOptions
{
    /// <summary>How far a proof's <c>iat</c> may be from now.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan ProofWindow { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Demand a nonce made by this gateway in every proof.</summary>
    public bool RequireNonce { get; set; }

    /// <summary>
    /// 32 bytes or more in base64 that all gateways behind one address share, so that each knows the others' nonces. Null: made at start.
    /// </summary>
    public string? NonceKey { get; set; }

    /// <summary>Most proofs remembered against replay.</summary>
    [Range(16, 10_000_000)]
    public int ReplayEntries { get; set; } = 200_000;
}

[OptionsValidator]
internal sealed partial class IdentityOptionsValidator : IValidateOptions<IdentityOptions>;
