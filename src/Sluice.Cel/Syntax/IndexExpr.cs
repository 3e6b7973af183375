namespace Sluice.Cel.Syntax;

/// <summary><c>operand[index]</c> or <c>operand[?index]</c>.</summary>
internal sealed class IndexExpr : Expr
{
    public IndexExpr(int id, SourceSpan span, Expr operand, Expr index, bool optional)
        : base(id, span)
    {
        Operand = operand;
        Index = index;
        Optional = optional;
        Over(operand);
        Over(index);
    }

    public Expr Operand { get; }

    public Expr Index { get; }

    public bool Optional { get; }

    public override IEnumerable<Expr> Children => [Operand, Index];
}
