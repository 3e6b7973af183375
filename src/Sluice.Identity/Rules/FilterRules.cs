using Sluice.Cel;
using Sluice.Identity.Pools;
using Sluice.State;

namespace Sluice.Identity.Rules;

/// <summary>What a pool's filter must be, for the API that saves it (422) and for configuration that declares it.</summary>
public static class FilterRules
{
    private const string OpenAudience =
        "The filter can be true whatever claims.aud says: it takes tokens that the issuer made for other services too. Compare claims.aud, or give the provider expected audiences.";

    /// <summary>Parses, type-checks and examines a filter as requests will use it: what passes here compiles there.</summary>
    /// <param name="filter">CEL over <c>claims</c>.</param>
    /// <param name="provider">Whose tokens it looks at.</param>
    /// <param name="options">Names the issuers that many tenants share.</param>
    public static FilterReport Check(string filter, IdentityProvider provider, IdentityOptions options)
    {
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentNullException.ThrowIfNull(provider);
        ArgumentNullException.ThrowIfNull(options);
        var compiled = PoolFilter.Language.Compile(filter);
        if (!compiled.IsSuccess)
        {
            return new([.. compiled.Issues.Select(issue => Describe("The filter does not compile", issue))], []);
        }

        var type = compiled.Program.ResultType;
        if (!type.Equals(CelType.Bool) && !type.Equals(CelType.Dyn))
        {
            return new([$"The filter must be true or false for a token's claims; at line 1, column 1 this one is of type {type}:\n | {filter}\n | ^"], []);
        }

        var findings = CelLint.Check(
            compiled.Program, new CelLintOptions { IsSharedIssuer = IsShared(provider, options), IsAudienceOpen = provider.ExpectedAudiences.Count == 0 });
        var problems = findings.Where(issue => issue.Rule == CelLint.SharedIssuer)
            .Select(issue => Describe($"Many tenants share the issuer {provider.Issuer}, so every way in must constrain sub or aud", issue));
        var warnings = findings.Where(issue => issue.Rule is not (CelLint.SharedIssuer or CelLint.OpenAudience)).Select(issue => issue.ToString());
        return new([.. problems], findings.Any(issue => issue.Rule == CelLint.OpenAudience) ? [.. warnings, OpenAudience] : [.. warnings]);
    }

    /// <summary>What to know about a pool whose filter can be true whatever <c>aud</c> says, under a provider that expects no particular one; null: nothing.</summary>
    public static string? OpenAudienceWarning(string filter, IdentityProvider provider)
    {
        ArgumentNullException.ThrowIfNull(provider);
        return provider.ExpectedAudiences.Count == 0
            && PoolFilter.Language.Compile(filter) is { IsSuccess: true } compiled
            && CelLint.Check(compiled.Program, new CelLintOptions { IsAudienceOpen = true }).Any(issue => issue.Rule == CelLint.OpenAudience)
                ? OpenAudience
                : null;
    }

    /// <summary>True when one of the provider's issuers is on the list of those that many tenants share, or below one that is.</summary>
    public static bool IsShared(IdentityProvider provider, IdentityOptions options)
    {
        ArgumentNullException.ThrowIfNull(provider);
        ArgumentNullException.ThrowIfNull(options);
        return provider.OtherIssuers.Select(other => other.Issuer).Prepend(provider.Issuer)
            .Any(issuer => options.SharedIssuers.Any(shared => IsAtOrBelow(issuer.TrimEnd('/'), shared.TrimEnd('/'))));
    }

    // Hosts and schemes are compared without case: the list is about who it is, not about how iss is spelled.
    private static bool IsAtOrBelow(string issuer, string shared) =>
        issuer.StartsWith(shared, StringComparison.OrdinalIgnoreCase) && (issuer.Length == shared.Length || issuer[shared.Length] == '/');

    private static string Describe(string what, CelIssue issue) =>
        $"{what}: at line {issue.Line}, column {issue.Column}: {issue.Message}\n{issue.Excerpt}{(issue.Hint is null ? "" : $"\n{issue.Hint}")}";
}

/// <summary>What is to be said about a filter.</summary>
/// <param name="Problems">Why it cannot be a filter, each with line, column and a caret under the place; empty when it can.</param>
/// <param name="Warnings">What is likely a mistake, a sentence each.</param>
public sealed record FilterReport(IReadOnlyList<string> Problems, IReadOnlyList<string> Warnings);
