using Sluice.Cel.Library.Re2;
using Sluice.Cel.Syntax;

namespace Sluice.Cel.Linting;

/// <summary>Constant patterns that cannot be compiled.</summary>
internal static class PatternRule
{
    public static void Check(LintContext context)
    {
        foreach (var call in LintContext.Everything(context.Root).OfType<CallExpr>())
        {
            if (call.Function == "matches" && call.Args.Length > 0 && call.Args[^1] is LiteralExpr { Value.Kind: CelKind.String } pattern
                && !Re2Pattern.TryCompile(pattern.Value.Text, context.Program.Environment.Limits.MaxPatternLength, out _, out var fault))
            {
                context.Warn(CelLint.InvalidPattern, pattern.Span, fault, "patterns are written in RE2 syntax");
            }
        }
    }
}
