namespace Sluice.Cel.Syntax;

/// <summary>Arithmetic, comparison and <c>in</c>.</summary>
internal sealed class BinaryExpr : Expr
{
    public BinaryExpr(int id, SourceSpan span, Operator op, Expr left, Expr right)
        : base(id, span)
    {
        Operator = op;
        Left = left;
        Right = right;
        Over(left);
        Over(right);
    }

    public Operator Operator { get; }

    public Expr Left { get; }

    public Expr Right { get; }

    public override IEnumerable<Expr> Children => [Left, Right];
}
