namespace Sluice.Cel.Syntax;

/// <summary>A macro that visits a range: <c>range.all(x, body)</c>, <c>range.map(x, filter, body)</c>, …</summary>
/// <remarks>The node keeps the macro as written instead of folding it to a general loop: it prints, traces and plans as what it is.</remarks>
internal sealed class ComprehensionExpr : Expr
{
    public ComprehensionExpr(
        int id, SourceSpan span, ComprehensionKind kind, string name, Expr range, LocalName first, LocalName? second, Expr? filter, Expr body)
        : base(id, span)
    {
        Kind = kind;
        Name = name;
        Range = range;
        First = first;
        Second = second;
        Filter = filter;
        Body = body;
        Over(range);
        Over(filter);
        Over(body);
    }

    public ComprehensionKind Kind { get; }

    /// <summary>The macro as written: <c>exists_one</c> and <c>existsOne</c> are the same kind.</summary>
    public string Name { get; }

    public Expr Range { get; }

    /// <summary>The element (a map's key), or with <see cref="Second"/> the index or key.</summary>
    public LocalName First { get; }

    /// <summary>In the two-variable forms the element or value.</summary>
    public LocalName? Second { get; }

    /// <summary>Elements for which this is false are left out.</summary>
    public Expr? Filter { get; }

    public Expr Body { get; }

    public override IEnumerable<Expr> Children => Filter is null ? [Range, Body] : [Range, Filter, Body];
}

internal enum ComprehensionKind : byte
{
    All,
    Exists,
    ExistsOne,
    Filter,
    Map,
    TransformMap,
    TransformMapEntry,
}

/// <summary>A variable that a macro declares.</summary>
internal readonly record struct LocalName(string Name, SourceSpan Span);
