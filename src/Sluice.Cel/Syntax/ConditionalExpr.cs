namespace Sluice.Cel.Syntax;

/// <summary><c>condition ? whenTrue : whenFalse</c>.</summary>
internal sealed class ConditionalExpr : Expr
{
    public ConditionalExpr(int id, SourceSpan span, Expr condition, Expr whenTrue, Expr whenFalse)
        : base(id, span)
    {
        Condition = condition;
        WhenTrue = whenTrue;
        WhenFalse = whenFalse;
        Over(condition);
        Over(whenTrue);
        Over(whenFalse);
    }

    public Expr Condition { get; }

    public Expr WhenTrue { get; }

    public Expr WhenFalse { get; }

    public override IEnumerable<Expr> Children => [Condition, WhenTrue, WhenFalse];
}
