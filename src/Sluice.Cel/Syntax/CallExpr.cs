namespace Sluice.Cel.Syntax;

/// <summary><c>function(args)</c> or <c>target.function(args)</c>.</summary>
internal sealed class CallExpr : Expr
{
    public CallExpr(int id, SourceSpan span, Expr? target, string function, SourceSpan nameSpan, bool absolute, Expr[] args)
        : base(id, span)
    {
        Target = target;
        Function = function;
        NameSpan = nameSpan;
        Absolute = absolute;
        Args = args;
        Over(target);
        foreach (var arg in args)
        {
            Over(arg);
        }
    }

    public Expr? Target { get; }

    public string Function { get; }

    public SourceSpan NameSpan { get; }

    /// <summary>Written with a leading dot.</summary>
    public bool Absolute { get; }

    public Expr[] Args { get; }

    public override IEnumerable<Expr> Children => Target is null ? Args : [Target, .. Args];
}
