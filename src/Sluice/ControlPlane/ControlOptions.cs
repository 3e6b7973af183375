using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Sluice.ControlPlane;

/// <summary>Section <c>Sluice:ControlPlane</c>.</summary>
internal sealed class ControlOptions
{
    public const string Section = "Sluice:ControlPlane";

    /// <summary>
    /// What URLs in answers begin with, such as <c>https://kafka.example.com</c>; also where clients are sent for Kafka REST. Null: the address that the
    /// request used.
    /// </summary>
    public string? PublicUrl { get; set; }

    /// <summary>The authority of resource names (<c>crn://…/</c>).</summary>
    [RegularExpression("^[A-Za-z0-9.-]+$")]
    public string CrnAuthority { get; set; } = "confluent.cloud";

    /// <summary>What saving an identity provider asks of its key set.</summary>
    public KeysOnSave KeysOnSave { get; set; } = KeysOnSave.Required;

    /// <summary>
    /// Files, in JSON or YAML, with resources that are there from the start and that the API cannot change: docs/control-plane.md has their members.
    /// </summary>
    public IList<string> DeclaredFiles { get; } = [];

    [ValidateObjectMembers]
    public RateLimitOptions RateLimit { get; set; } = new();

    [ValidateObjectMembers]
    public QuotaOptions Quotas { get; set; } = new();
}

/// <summary>Whether an identity provider is saved only when usable keys can be fetched from its <c>jwks_uri</c>.</summary>
internal enum KeysOnSave
{
    /// <summary>Otherwise 422.</summary>
    Required,

    /// <summary>Otherwise 422, unless the host's name has no address or no way leads there: then a warning. For laptops and CI without a network.</summary>
    WhenReachable,

    /// <summary>Nothing is fetched.</summary>
    Never,
}

/// <summary>Section <c>Sluice:ControlPlane:RateLimit</c>: most requests of one caller. One more answers 429.</summary>
internal sealed class RateLimitOptions
{
    /// <summary>Requests of one principal, or of one address without credentials, in a window.</summary>
    [Range(1, 1_000_000_000)]
    public int Requests { get; set; } = 60_000;

    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan Window { get; set; } = TimeSpan.FromMinutes(1);
}

/// <summary>Section <c>Sluice:ControlPlane:Quotas</c>: most resources of a kind. One more answers 402.</summary>
internal sealed class QuotaOptions
{
    [Range(1, 1_000_000)]
    public int IdentityProviders { get; set; } = 100;

    [Range(1, 1_000_000)]
    public int IdentityPoolsPerProvider { get; set; } = 10_000;

    [Range(1, 1_000_000)]
    public int ServiceAccounts { get; set; } = 100_000;

    [Range(1, 1_000_000)]
    public int ApiKeys { get; set; } = 100_000;

    [Range(1, 1_000_000)]
    public int RoleBindings { get; set; } = 250_000;

    [Range(1, 1_000_000)]
    public int Environments { get; set; } = 1_000;
}

[OptionsValidator]
internal sealed partial class ControlOptionsValidator : IValidateOptions<ControlOptions>;
