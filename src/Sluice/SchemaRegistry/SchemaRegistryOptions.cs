using System.ComponentModel.DataAnnotations;

namespace Sluice.SchemaRegistry;

/// <summary>Section <c>Sluice:SchemaRegistry</c>. Without a <see cref="Url"/>, records cannot name schemas.</summary>
internal sealed class SchemaRegistryOptions
{
    public const string Section = "Sluice:SchemaRegistry";

    /// <summary>Of a registry that speaks Confluent's API; several with commas. A path is kept: <c>https://registry.example.com/apis/ccompat/v7</c>.</summary>
    public string? Url { get; set; }

    /// <summary>Whether <paramref name="urls"/> can be a <see cref="Url"/>.</summary>
    public static bool IsAddress(string urls) => urls.Split(',').All(static url =>
        Uri.TryCreate(url.Trim(), UriKind.Absolute, out var parsed) && parsed.Scheme is "http" or "https");

    /// <summary>For HTTP Basic; with <see cref="Password"/>.</summary>
    public string? Username { get; set; }

    public string? Password { get; set; }

    /// <summary>PKCS #12 file with this gateway's certificate and key, for a registry that asks for one.</summary>
    public string? KeystoreFile { get; set; }

    public string? KeystorePassword { get; set; }

    /// <summary>How long one call may take.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How often a failed call is tried again.</summary>
    [Range(0, 10)]
    public int MaxRetries { get; set; } = 1;

    /// <summary>Whether a record's own <c>schema</c> is registered when its subject lacks it; otherwise such a record is refused.</summary>
    public bool RegisterSchemas { get; set; } = true;

    /// <summary>For how long the latest version of a subject is taken to be the latest.</summary>
    public TimeSpan LatestTimeToLive { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Schemas kept ready for use; over that all are forgotten and fetched again.</summary>
    [Range(1, 1_000_000)]
    public int MaxSchemas { get; set; } = 1000;

    /// <summary>Longest <c>schema</c> that a record may carry, in characters.</summary>
    [Range(1, 16 * 1024 * 1024)]
    public int MaxSchemaLength { get; set; } = 256 * 1024;
}
