namespace Sluice.Cel.Syntax;

/// <summary><c>operand.field</c>, <c>operand.?field</c>, or with <see cref="TestOnly"/> <c>has(operand.field)</c>.</summary>
internal sealed class SelectExpr : Expr
{
    public SelectExpr(int id, SourceSpan span, Expr operand, string field, SourceSpan fieldSpan, bool testOnly, bool optional)
        : base(id, span)
    {
        Operand = operand;
        Field = field;
        FieldSpan = fieldSpan;
        TestOnly = testOnly;
        Optional = optional;
        Over(operand);
    }

    public Expr Operand { get; }

    public string Field { get; }

    public SourceSpan FieldSpan { get; }

    public bool TestOnly { get; }

    public bool Optional { get; }

    public override IEnumerable<Expr> Children => [Operand];
}
