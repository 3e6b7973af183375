namespace Sluice.Cel.Syntax;

/// <summary><c>[a, ?b]</c>.</summary>
internal sealed class ListExpr : Expr
{
    public ListExpr(int id, SourceSpan span, ListItem[] items)
        : base(id, span)
    {
        Items = items;
        foreach (var item in items)
        {
            Over(item.Value);
        }
    }

    public ListItem[] Items { get; }

    public override IEnumerable<Expr> Children => Items.Select(item => item.Value);
}

/// <summary>An element; <paramref name="Optional"/>: written with <c>?</c>, left out when it holds nothing.</summary>
internal readonly record struct ListItem(Expr Value, bool Optional);
