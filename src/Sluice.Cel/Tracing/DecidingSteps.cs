using Sluice.Cel.Syntax;

namespace Sluice.Cel.Tracing;

/// <summary>Finds what a value hangs on: down through <c>&amp;&amp;</c>, <c>||</c>, <c>!</c> and <c>?:</c> to the parts that made it what it is.</summary>
internal static class DecidingSteps
{
    public static IEnumerable<CelTraceStep> Of(CelTraceStep step) => step.Expr switch
    {
        LogicalExpr logical when step.Children.Count > 0 => OfLogical(step, decides: logical.Operator == Operator.Or),
        UnaryExpr { Operator: Operator.Not } when step.Children.Count > 0 => Of(step.Children[0]),
        ConditionalExpr when step.Children.Count > 0 => step.Children.Where(child => child.IsEvaluated).SelectMany(Of),
        _ => [step],
    };

    // One operand with the deciding value is enough. Without one, an error decides, and without that all of them together.
    private static IEnumerable<CelTraceStep> OfLogical(CelTraceStep step, bool decides)
    {
        var operands = step.Children.Where(child => child.IsEvaluated).ToList();
        if (step.Value.Kind == CelKind.Bool && step.Value.AsBool() == decides
            && operands.FirstOrDefault(operand => operand.Value.Kind == CelKind.Bool && operand.Value.AsBool() == decides) is { } decider)
        {
            return Of(decider);
        }

        return step.Value.Kind == CelKind.Bool ? operands.SelectMany(Of) : operands.Where(operand => operand.Value.Kind != CelKind.Bool).SelectMany(Of);
    }
}
