using Sluice.Cel.Syntax;

namespace Sluice.Cel.Tracing;

/// <summary>Collects the steps of one traced evaluation into a tree.</summary>
internal sealed class TraceRecorder(string source)
{
    private const int MostSteps = 1000;

    private List<CelTraceStep> _siblings = [];
    private int _count;

    public bool IsComplete => _count <= MostSteps;

    /// <summary>The last step of all: the root, when the evaluation has ended.</summary>
    public CelTraceStep Root => _siblings[^1];

    /// <returns>To be given to <see cref="Exit"/>.</returns>
    public List<CelTraceStep> Enter()
    {
        var outer = _siblings;
        _siblings = [];
        return outer;
    }

    public void Exit(Expr expr, in CelValue value, List<CelTraceStep> outer, bool isRoot)
    {
        if (++_count <= MostSteps || isRoot)
        {
            outer.Add(new CelTraceStep(source, expr, value, WithSkipped(expr, _siblings)));
        }

        _siblings = outer;
    }

    // Only these leave a part out; a reader wants to see which.
    private List<CelTraceStep> WithSkipped(Expr expr, List<CelTraceStep> steps)
    {
        if (expr is not (LogicalExpr or ConditionalExpr) || !IsComplete)
        {
            return steps;
        }

        var result = new List<CelTraceStep>();
        foreach (var child in expr.Children)
        {
            if (steps.Find(step => step.Expr == child) is { } step)
            {
                result.Add(step);
            }
            else if (child is not LiteralExpr)
            {
                result.Add(new CelTraceStep(source, child, null, []));
            }
        }

        return result;
    }
}
