namespace Sluice.Dev.IdentityProvider.Issuers;

/// <summary>The scopes granted, or the RFC 6749 §5.2 error and what to do about it.</summary>
internal readonly record struct ScopeDecision(IReadOnlyList<string> Granted, string? Error, string? Description)
{
    public static ScopeDecision Grant(params IReadOnlyList<string> scopes) => new(scopes, null, null);

    public static ScopeDecision Refuse(string error, string description) => new([], error, description);
}
