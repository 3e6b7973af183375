using Sluice.Cel.Evaluation;
using Sluice.Cel.Syntax;

namespace Sluice.Cel.Tracing;

/// <summary>Writes down what its step gives. It never offers JSON in place, so short ways fall back to values and each step shows.</summary>
internal sealed class TraceNode(Expr expr, PlanNode step, bool isRoot) : PlanNode(expr.Span)
{
    public override CelValue Evaluate(ref Frame frame)
    {
        var recorder = frame.Recorder!;
        var outer = recorder.Enter();
        var value = step.Evaluate(ref frame);
        recorder.Exit(expr, value, outer, isRoot);
        return value;
    }
}
