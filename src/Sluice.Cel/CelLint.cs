using Sluice.Cel.Linting;

namespace Sluice.Cel;

/// <summary>Finds what is likely a mistake in a filter over the claims of a token.</summary>
/// <remarks>
/// A finding is a <see cref="CelIssue"/> with severity <see cref="CelSeverity.Warning"/> and one of the names of this class as its
/// <see cref="CelIssue.Rule"/>. The checks err on the side of silence, but for <see cref="SharedIssuer"/> and <see cref="OpenAudience"/>, which err on the side of refusal.
/// </remarks>
public static class CelLint
{
    /// <summary>True for every token.</summary>
    public const string AlwaysTrue = "always-true";

    /// <summary>True for no token.</summary>
    public const string AlwaysFalse = "always-false";

    /// <summary><c>claims.aud == "x"</c>: the claim may be an array, and then this is false.</summary>
    public const string ArrayOrString = "array-or-string";

    /// <summary>Two sides whose types have no value in common.</summary>
    public const string NeverEqual = "never-equal";

    /// <summary>Two sides that have no order: always an error.</summary>
    public const string NeverOrdered = "never-ordered";

    /// <summary><c>"x" in claims.sub</c>: searches lists and maps only, so always an error.</summary>
    public const string InString = "in-string";

    /// <summary>A constant pattern that <c>matches</c> refuses: always an error.</summary>
    public const string InvalidPattern = "invalid-pattern";

    /// <summary>The result is not a boolean, so the filter is never true.</summary>
    public const string NotBoolean = "not-boolean";

    /// <summary>The issuer is shared by many tenants, and the filter can be true without a condition on <c>sub</c> or <c>aud</c>.</summary>
    public const string SharedIssuer = "shared-issuer";

    /// <summary>Nothing but the filter looks at the audience, and it can be true without a condition on <c>aud</c>.</summary>
    public const string OpenAudience = "open-audience";

    /// <summary>All findings, in the order of the text.</summary>
    /// <param name="program">A type-checked program; for one that was compiled without the type checker nothing is found.</param>
    /// <param name="options">What is known about the tokens; null for nothing.</param>
    public static IReadOnlyList<CelIssue> Check(CelProgram program, CelLintOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(program);
        options ??= new CelLintOptions();
        if (!program.Tree.IsChecked)
        {
            return [];
        }

        var context = new LintContext(program, options.Variable ?? program.Environment.OnlyVariable);
        ConstantRule.Check(context);
        TypeRule.Check(context);
        ArrayOrStringRule.Check(context);
        PatternRule.Check(context);
        if (options.IsSharedIssuer)
        {
            SharedIssuerRule.Check(context);
        }

        if (options.IsAudienceOpen)
        {
            OpenAudienceRule.Check(context);
        }

        return [.. context.Issues.OrderBy(issue => issue.Offset)];
    }
}
