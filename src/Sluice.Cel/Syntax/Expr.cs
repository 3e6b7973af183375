namespace Sluice.Cel.Syntax;

/// <summary>A node of the syntax tree. Trees are immutable; checking keeps its findings beside them, by <see cref="Id"/>.</summary>
internal abstract class Expr(int id, SourceSpan span)
{
    /// <summary>From 0, unique in its tree.</summary>
    public int Id { get; } = id;

    public SourceSpan Span { get; } = span;

    /// <summary>Levels from here to the deepest leaf; a leaf has 1.</summary>
    public int Height { get; private set; } = 1;

    /// <summary>The direct parts, in source order.</summary>
    public abstract IEnumerable<Expr> Children { get; }

    protected void Over(Expr? child)
    {
        if (child is not null && child.Height >= Height)
        {
            Height = child.Height + 1;
        }
    }
}
