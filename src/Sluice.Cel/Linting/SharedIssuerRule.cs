using Sluice.Cel.Library.Re2;
using Sluice.Cel.Syntax;

namespace Sluice.Cel.Linting;

/// <summary>
/// Under an issuer that many tenants share, every way in which a filter can be true must hold a condition on <c>sub</c> or <c>aud</c>:
/// <c>== in startsWith endsWith matches</c> against a constant that not every token meets.
/// </summary>
/// <remarks>Conservative: what is not understood does not count.</remarks>
internal static class SharedIssuerRule
{
    // A pattern that matches one of these says nothing about who the token is for.
    private static readonly string[] Strangers = ["", "a", "0", "110169484474386276334", "q7Zk-3_fV.x@w:y/B", "https://j9.example/"];

    public static void Check(LintContext context)
    {
        if (!Constrains(context, context.Root, wanted: true))
        {
            context.Warn(
                CelLint.SharedIssuer,
                context.Root.Span,
                "this issuer serves many tenants, and the filter can be true without a condition on 'sub' or 'aud': it lets strangers in",
                "add && claims.aud == \"…\" or && claims.sub == \"…\"");
        }
    }

    /// <summary>Whether the expression can only come to <paramref name="wanted"/> when a condition on <c>sub</c> or <c>aud</c> holds.</summary>
    private static bool Constrains(LintContext context, Expr expr, bool wanted, LocalName? element = null)
    {
        switch (expr)
        {
            case LiteralExpr literal:
                return literal.Value.Kind != CelKind.Bool || literal.Value.IsTrue != wanted;
            case UnaryExpr { Operator: Operator.Not } not:
                return Constrains(context, not.Operand, !wanted, element);
            case LogicalExpr logical when logical.Operator == Operator.And == wanted:
                return Array.Exists(logical.Operands, operand => Constrains(context, operand, wanted, element));
            case LogicalExpr logical:
                return Array.TrueForAll(logical.Operands, operand => Constrains(context, operand, wanted, element));
            case ConditionalExpr conditional:
                return (Constrains(context, conditional.Condition, true, element) || Constrains(context, conditional.WhenTrue, wanted, element))
                    && (Constrains(context, conditional.Condition, false, element) || Constrains(context, conditional.WhenFalse, wanted, element));
            case BinaryExpr { Operator: Operator.Equal or Operator.NotEqual } binary when binary.Operator == Operator.Equal == wanted:
                return (IsSubject(context, binary.Left, element) && IsMeaningful(binary.Right))
                    || (IsSubject(context, binary.Right, element) && IsMeaningful(binary.Left));
            case BinaryExpr { Operator: Operator.In } binary when wanted:
                return (IsSubject(context, binary.Left, element) && binary.Right is ListExpr list
                        && list.Items.All(item => !item.Optional && IsMeaningful(item.Value)))
                    || (context.ClaimName(binary.Right) == "aud" && IsMeaningful(binary.Left));
            case CallExpr { Target: { } target, Args: [var arg] } call when wanted && IsSubject(context, target, element):
                return call.Function switch
                {
                    "startsWith" or "endsWith" => IsMeaningful(arg),
                    "matches" => IsMeaningfulPattern(context, arg),
                    _ => false,
                };
            case CallExpr { Target: null, Function: "matches", Args: [var text, var pattern] } when wanted && IsSubject(context, text, element):
                return IsMeaningfulPattern(context, pattern);

            // claims.aud.exists(a, a == "x"): all() would be true for an empty list.
            case ComprehensionExpr { Kind: ComprehensionKind.Exists or ComprehensionKind.ExistsOne, Second: null } exists
                when wanted && context.ClaimName(exists.Range) == "aud":
                return Constrains(context, exists.Body, true, exists.First);
            default:
                return false;
        }
    }

    private static bool IsSubject(LintContext context, Expr expr, LocalName? element) =>
        context.ClaimName(expr) is "sub" or "aud"
        || (element is { } local && expr is IdentExpr { Absolute: false } ident && ident.Name == local.Name);

    private static bool IsMeaningful(Expr expr) => LintContext.Literal(expr) is { Kind: CelKind.String, Text.Length: > 0 };

    private static bool IsMeaningfulPattern(LintContext context, Expr expr) =>
        LintContext.Literal(expr) is { Kind: CelKind.String } pattern
        && Re2Pattern.TryCompile(pattern.Text, context.Program.Environment.Limits.MaxPatternLength, out var compiled, out _)
        && !Array.Exists(Strangers, stranger => compiled!.IsMatch(stranger).IsTrue);
}
