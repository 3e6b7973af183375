namespace Sluice.Cel.Syntax;

/// <summary>A value under a name: <c>cel.bind(x, value, body)</c>, <c>value.optMap(x, body)</c>, <c>value.optFlatMap(x, body)</c>.</summary>
internal sealed class BindExpr : Expr
{
    public BindExpr(int id, SourceSpan span, BindKind kind, LocalName variable, Expr value, Expr body)
        : base(id, span)
    {
        Kind = kind;
        Variable = variable;
        Value = value;
        Body = body;
        Over(value);
        Over(body);
    }

    public BindKind Kind { get; }

    public LocalName Variable { get; }

    public Expr Value { get; }

    public Expr Body { get; }

    public override IEnumerable<Expr> Children => [Value, Body];
}

internal enum BindKind : byte
{
    Bind,
    OptMap,
    OptFlatMap,
}
