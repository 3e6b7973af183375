using Sluice.Cel.Syntax;
using Sluice.Cel.Tracing;

namespace Sluice.Cel;

/// <summary>One sub-expression in a <see cref="CelTrace"/>. The body of a macro appears once for every turn.</summary>
public sealed class CelTraceStep
{
    private readonly string _source;

    internal CelTraceStep(string source, Expr expr, CelValue? value, IReadOnlyList<CelTraceStep> children)
    {
        _source = source;
        Expr = expr;
        IsEvaluated = value is not null;
        Value = value ?? CelValue.Fail("not evaluated");
        Children = children;
        (Line, Column) = SourceText.Locate(source, expr.Span.Start);
    }

    /// <summary>The sub-expression as it is written.</summary>
    public string Text => _source.Substring(Offset, Length);

    /// <summary>Offset in the source, in UTF-16 units.</summary>
    public int Offset => Expr.Span.Start;

    /// <summary>Length in the source, in UTF-16 units.</summary>
    public int Length => Expr.Span.Length;

    /// <summary>From 1.</summary>
    public int Line { get; }

    /// <summary>From 1, in Unicode code points.</summary>
    public int Column { get; }

    /// <summary>False: another part decided before this one was reached.</summary>
    public bool IsEvaluated { get; }

    /// <summary>The value, or the error in its place.</summary>
    public CelValue Value { get; }

    /// <summary>Sub-expressions in the order in which they were evaluated; literals are left out.</summary>
    public IReadOnlyList<CelTraceStep> Children { get; }

    /// <summary>The parts that made the value what it is, found through <c>&amp;&amp;</c>, <c>||</c>, <c>!</c> and <c>?:</c>; itself when it has none of these.</summary>
    public IReadOnlyList<CelTraceStep> Deciding => [.. DecidingSteps.Of(this)];

    internal Expr Expr { get; }

    public override string ToString() => $"{Text} → {(IsEvaluated ? Value.ToString() : "not evaluated")}";
}
