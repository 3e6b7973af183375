namespace Sluice.Cel.Syntax;

/// <summary>A name. <see cref="Absolute"/>: written with a leading dot, resolved from the root and never a local variable.</summary>
internal sealed class IdentExpr(int id, SourceSpan span, string name, bool absolute) : Expr(id, span)
{
    public string Name { get; } = name;

    public bool Absolute { get; } = absolute;

    public override IEnumerable<Expr> Children => [];
}
