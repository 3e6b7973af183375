namespace Sluice.Cel.Syntax;

/// <summary><c>{key: value, ?key: value}</c>.</summary>
internal sealed class MapExpr : Expr
{
    public MapExpr(int id, SourceSpan span, MapItem[] items)
        : base(id, span)
    {
        Items = items;
        foreach (var item in items)
        {
            Over(item.Key);
            Over(item.Value);
        }
    }

    public MapItem[] Items { get; }

    public override IEnumerable<Expr> Children => Items.SelectMany(item => new[] { item.Key, item.Value });
}

/// <summary>An entry; <paramref name="Optional"/>: written with <c>?</c>, left out when the value holds nothing.</summary>
internal readonly record struct MapItem(Expr Key, Expr Value, bool Optional);
