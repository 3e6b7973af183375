using Sluice.Cel.Syntax;

namespace Sluice.Cel.Linting;

/// <summary>One program under examination, and what was found.</summary>
internal sealed class LintContext(CelProgram program, string? claims)
{
    private readonly List<CelIssue> _issues = [];

    public IReadOnlyList<CelIssue> Issues => _issues;

    public CelProgram Program => program;

    public Expr Root => program.Tree.Root;

    public void Warn(string rule, SourceSpan span, string message, string? hint) =>
        _issues.Add(new CelIssue(program.Text, span, message, hint, CelSeverity.Warning) { Rule = rule });

    /// <summary>The variable of the claims itself.</summary>
    public bool IsClaims(Expr expr) => expr is IdentExpr && claims is not null && program.Tree.References[expr.Id]?.Variable == claims;

    /// <summary>The name of a claim: <c>claims.sub</c>, <c>claims["sub"]</c>, also in <c>dyn(…)</c>; null for anything else.</summary>
    public string? ClaimName(Expr expr) => expr switch
    {
        SelectExpr { TestOnly: false, Optional: false } select when IsClaims(select.Operand) => select.Field,
        IndexExpr { Optional: false, Index: LiteralExpr { Value.Kind: CelKind.String } key } index when IsClaims(index.Operand) => key.Value.Text,
        CallExpr { Function: "dyn", Target: null, Args: [var inner] } => ClaimName(inner),
        _ => null,
    };

    /// <summary>A value somewhere inside the claims, reached by fields and indexes.</summary>
    public bool IsInsideClaims(Expr expr) => expr switch
    {
        SelectExpr { TestOnly: false, Optional: false } select => IsClaims(select.Operand) || IsInsideClaims(select.Operand),
        IndexExpr { Optional: false } index => IsClaims(index.Operand) || IsInsideClaims(index.Operand),
        CallExpr { Function: "dyn", Target: null, Args: [var inner] } => IsInsideClaims(inner),
        _ => false,
    };

    /// <summary>A literal or a list of literals, with signs and <c>dyn(…)</c> looked through.</summary>
    public static CelValue? Literal(Expr expr) => expr switch
    {
        LiteralExpr literal => literal.Value,
        CallExpr { Function: "dyn", Target: null, Args: [var inner] } => Literal(inner),
        _ => null,
    };

    /// <summary>The expression and everything in it, outermost first.</summary>
    public static IEnumerable<Expr> Everything(Expr expr)
    {
        var open = new Stack<Expr>([expr]);
        while (open.TryPop(out var next))
        {
            yield return next;
            foreach (var child in next.Children)
            {
                open.Push(child);
            }
        }
    }
}
