namespace Sluice.Cel.Syntax;

/// <summary><c>!operand</c> or <c>-operand</c>.</summary>
internal sealed class UnaryExpr : Expr
{
    public UnaryExpr(int id, SourceSpan span, Operator op, Expr operand)
        : base(id, span)
    {
        Operator = op;
        Operand = operand;
        Over(operand);
    }

    public Operator Operator { get; }

    public Expr Operand { get; }

    public override IEnumerable<Expr> Children => [Operand];
}
