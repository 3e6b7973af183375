namespace Sluice.Dev.IdentityProvider;

/// <summary>What <c>sluice dev</c> decides about its identity provider.</summary>
public sealed class DevelopmentIdentityProviderOptions
{
    /// <summary>The tenant used when none is given. Made up once; it exists nowhere else.</summary>
    public const string DefaultTenant = "b3a4c8e0-6f1d-4b52-9a37-2d5e8c104f6a";

    /// <summary>
    /// Where clients reach the provider, such as <c>http://127.0.0.1:8082</c>: scheme, host and port, no path. Every issuer starts with
    /// it, whatever <c>Host</c> a request names. Null: the first address the server listens on, known once it has started.
    /// </summary>
    public Uri? PublicUrl { get; set; }

    /// <summary>Where the signing keys are kept, in a folder <c>identity-provider</c>, so that tokens survive a restart.</summary>
    public string DataDirectory { get; set; } = "";

    /// <summary>The Entra-shaped issuer's tenant: a GUID, the <c>tid</c> claim. Any other name in a request's path is an alias for it.</summary>
    public string Tenant { get; set; } = DefaultTenant;

    /// <summary>The Okta-shaped issuer's <c>aud</c>; the default is Okta's own.</summary>
    public string Audience { get; set; } = "api://default";

    /// <summary>What the Okta-shaped issuer grants when a request names no scope.</summary>
    public string DefaultScope { get; set; } = "kafka";

    /// <summary>How long a token is good for; whole seconds count.</summary>
    public TimeSpan TokenLifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Who may ask for tokens.</summary>
    public IList<DevelopmentClient> Clients { get; } = [new("dev-client", "dev-secret")];
}
