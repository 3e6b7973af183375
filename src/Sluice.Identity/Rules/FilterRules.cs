using Sluice.Cel;
using Sluice.Identity.Pools;
using Sluice.State;

namespace Sluice.Identity.Rules;

/// <summary>What a pool's filter must be, for the API that saves it (422) and for configuration that declares it.</summary>
public static class FilterRules
{
    /// <summary>Parses and type-checks a filter as requests will: what passes here compiles there.</summary>
    /// <param name="filter">CEL over <c>claims</c>.</param>
    /// <param name="provider">Whose tokens it looks at.</param>
    /// <param name="options">Names the issuers that many tenants share.</param>
    /// <returns>What is wrong, each with line, column and a caret under the place; empty when it can be a filter.</returns>
    public static IReadOnlyList<string> Check(string filter, IdentityProvider provider, IdentityOptions options)
    {
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentNullException.ThrowIfNull(provider);
        ArgumentNullException.ThrowIfNull(options);
        var compiled = PoolFilter.Language.Compile(filter);
        if (!compiled.IsSuccess)
        {
            return [.. compiled.Issues.Select(Describe)];
        }

        var type = compiled.Program.ResultType;
        return type.Equals(CelType.Bool) || type.Equals(CelType.Dyn)
            ? []
            : [$"The filter must be true or false for a token's claims; at line 1, column 1 this one is of type {type}:\n{filter}\n^"];
    }

    private static string Describe(CelIssue issue) =>
        $"The filter does not compile at line {issue.Line}, column {issue.Column}: {issue.Message}\n{issue.Excerpt}{(issue.Hint is null ? "" : $"\n{issue.Hint}")}";
}
