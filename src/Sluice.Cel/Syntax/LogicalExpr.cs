namespace Sluice.Cel.Syntax;

/// <summary><c>a &amp;&amp; b &amp;&amp; …</c> or <c>a || b || …</c>: a chain is one node, so that long filters stay flat.</summary>
internal sealed class LogicalExpr : Expr
{
    public LogicalExpr(int id, SourceSpan span, Operator op, Expr[] operands)
        : base(id, span)
    {
        Operator = op;
        Operands = operands;
        foreach (var operand in operands)
        {
            Over(operand);
        }
    }

    public Operator Operator { get; }

    /// <summary>Two or more.</summary>
    public Expr[] Operands { get; }

    public override IEnumerable<Expr> Children => Operands;
}
