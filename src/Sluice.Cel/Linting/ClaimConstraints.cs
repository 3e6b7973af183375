using Sluice.Cel.Library.Re2;
using Sluice.Cel.Syntax;

namespace Sluice.Cel.Linting;

/// <summary>
/// Whether every way in which a filter can be true holds a condition on one of some claims: <c>== in startsWith endsWith matches</c> against a constant
/// that not every token meets.
/// </summary>
/// <remarks>Conservative: what is not understood does not count.</remarks>
internal sealed class ClaimConstraints(LintContext context, IReadOnlyList<string> claims)
{
    // A pattern that matches one of these says nothing about who the token is for.
    private static readonly string[] Strangers =
    [
        "", "a", "0", "110169484474386276334", "q7Zk-3_fV.x@w:y/B", "https://j9.example/", "3f1c9a52-7b0e-4d68-9c1d-a4e27f60b85c", .. OfEveryLength(),
    ];

    /// <summary>The filter can only be true when a condition on one of the claims holds.</summary>
    public bool Hold() => Constrains(context.Root, wanted: true);

    private bool Constrains(Expr expr, bool wanted, LocalName? element = null)
    {
        switch (expr)
        {
            case LiteralExpr literal:
                return literal.Value.Kind != CelKind.Bool || literal.Value.IsTrue != wanted;
            case UnaryExpr { Operator: Operator.Not } not:
                return Constrains(not.Operand, !wanted, element);
            case LogicalExpr logical when logical.Operator == Operator.And == wanted:
                return Array.Exists(logical.Operands, operand => Constrains(operand, wanted, element));
            case LogicalExpr logical:
                return Array.TrueForAll(logical.Operands, operand => Constrains(operand, wanted, element));
            case ConditionalExpr conditional:
                return (Constrains(conditional.Condition, true, element) || Constrains(conditional.WhenTrue, wanted, element))
                    && (Constrains(conditional.Condition, false, element) || Constrains(conditional.WhenFalse, wanted, element));
            case BinaryExpr { Operator: Operator.Equal or Operator.NotEqual } binary when binary.Operator == Operator.Equal == wanted:
                return (IsOneOf(binary.Left, element) && IsMeaningful(binary.Right))
                    || (IsOneOf(binary.Right, element) && IsMeaningful(binary.Left));
            case BinaryExpr { Operator: Operator.In } binary when wanted:
                return (IsOneOf(binary.Left, element) && binary.Right is ListExpr list
                        && list.Items.All(item => !item.Optional && IsMeaningful(item.Value)))
                    || (IsList(binary.Right) && IsMeaningful(binary.Left));
            case CallExpr { Target: { } target, Args: [var arg] } call when wanted && IsOneOf(target, element):
                return call.Function switch
                {
                    "startsWith" or "endsWith" => IsMeaningful(arg),
                    "matches" => IsMeaningfulPattern(arg),
                    _ => false,
                };
            case CallExpr { Target: null, Function: "matches", Args: [var text, var pattern] } when wanted && IsOneOf(text, element):
                return IsMeaningfulPattern(pattern);

            // claims.aud.exists(a, a == "x"), or claims.groups.exists(g, claims.aud == "x"): all() would be true for an empty list.
            case ComprehensionExpr { Kind: ComprehensionKind.Exists or ComprehensionKind.ExistsOne, Second: null } exists when wanted:
                return Constrains(exists.Body, true, IsList(exists.Range) ? exists.First : null);
            default:
                return false;
        }
    }

    // What only asks for a length, or for some kinds of characters, is met by the right stranger.
    private static IEnumerable<string> OfEveryLength() =>
        from text in (string[])["7305918264", "jqxzvkwyfh", "j7q0x9z4vk", "q7Zk-3_fV.x:w/B", "q7Zk-3_f V.x@w:y/|B"]
        from length in Enumerable.Range(2, 127).Concat([160, 200, 255, 300, 1024])
        select string.Concat(Enumerable.Repeat(text, (length / text.Length) + 1))[..length];

    private bool IsOneOf(Expr expr, LocalName? element) =>
        (context.ClaimName(expr) is { } name && claims.Contains(name))
        || (element is { } local && expr is IdentExpr { Absolute: false } ident && ident.Name == local.Name);

    // Of these claims, only aud may be a list.
    private bool IsList(Expr expr) => context.ClaimName(expr) == "aud" && claims.Contains("aud");

    // claims.aud == ["x"]: the whole list, as some providers write it.
    private static bool IsMeaningful(Expr expr) => expr is ListExpr { Items: [_, ..] items }
        ? items.All(item => !item.Optional && IsMeaningfulText(item.Value))
        : IsMeaningfulText(expr);

    private static bool IsMeaningfulText(Expr expr) => LintContext.Literal(expr) is { Kind: CelKind.String, Text.Length: > 0 };

    private bool IsMeaningfulPattern(Expr expr) =>
        LintContext.Literal(expr) is { Kind: CelKind.String } pattern
        && Re2Pattern.TryCompile(pattern.Text, context.Program.Environment.Limits.MaxPatternLength, out var compiled, out _)
        && !Array.Exists(Strangers, stranger => compiled!.IsMatch(stranger).IsTrue);
}
