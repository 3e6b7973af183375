using Sluice.Cel.Syntax;

namespace Sluice.Cel.Linting;

/// <summary>Comparisons with a claim that some providers write as an array and some as a string.</summary>
/// <remarks>RFC 7519 §4.1.3 for <c>aud</c>; <c>scp</c> is an array at Okta and a string at Entra ID; groups and roles are arrays.</remarks>
internal static class ArrayOrStringRule
{
    public static void Check(LintContext context)
    {
        var all = LintContext.Everything(context.Root).ToArray();

        // "x" in claims.aud beside it: the author knows both forms.
        var searched = all.OfType<BinaryExpr>()
            .Where(binary => binary.Operator == Operator.In)
            .Select(binary => context.ClaimName(binary.Right))
            .Concat(all.OfType<ComprehensionExpr>().Select(macro => context.ClaimName(macro.Range)))
            .OfType<string>()
            .ToHashSet(StringComparer.Ordinal);
        foreach (var binary in all.OfType<BinaryExpr>())
        {
            if (Compared(context, binary) is { } claim && !searched.Contains(claim))
            {
                var constant = LintContext.Literal(binary.Right) ?? LintContext.Literal(binary.Left);
                var example = constant is null ? "\"…\"" : constant.ToString();
                context.Warn(
                    CelLint.ArrayOrString,
                    binary.Span,
                    $"'{claim}' may be an array, and then it equals no string",
                    $"for an array write: {example} in claims.{claim}");
            }
        }
    }

    private static string? Compared(LintContext context, BinaryExpr binary)
    {
        var claim = binary.Operator switch
        {
            Operator.Equal or Operator.NotEqual when IsText(binary.Right) => context.ClaimName(binary.Left),
            Operator.Equal or Operator.NotEqual when IsText(binary.Left) => context.ClaimName(binary.Right),
            Operator.In when binary.Right is ListExpr list && list.Items.All(item => IsText(item.Value)) => context.ClaimName(binary.Left),
            _ => null,
        };
        return claim is "aud" or "scp" or "groups" or "roles" or "amr" ? claim : null;
    }

    private static bool IsText(Expr expr) => LintContext.Literal(expr)?.Kind == CelKind.String;
}
