namespace Sluice.Cel;

/// <summary>What <see cref="CelLint"/> may take for granted.</summary>
public sealed record CelLintOptions
{
    /// <summary>The variable that holds the claims; null: the environment's one variable.</summary>
    public string? Variable { get; init; }

    /// <summary>Many tenants get tokens from this issuer, such as <c>https://accounts.google.com</c>.</summary>
    public bool IsSharedIssuer { get; init; }

    /// <summary>Nothing but the filter looks at the token's <c>aud</c>.</summary>
    public bool IsAudienceOpen { get; init; }
}
