namespace Sluice.Cel.Syntax;

/// <summary>A constant: null, bool, int, uint, double, string or bytes.</summary>
internal sealed class LiteralExpr(int id, SourceSpan span, CelValue value) : Expr(id, span)
{
    public CelValue Value { get; } = value;

    public override IEnumerable<Expr> Children => [];
}
