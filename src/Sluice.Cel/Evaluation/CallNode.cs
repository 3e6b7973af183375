using Sluice.Cel.Syntax;

namespace Sluice.Cel.Evaluation;

/// <summary>A function call: the overload is chosen by the kinds of the arguments.</summary>
internal sealed class CallNode(SourceSpan span, string name, CelOverload[] overloads, PlanNode[] args) : PlanNode(span)
{
    public override CelValue Evaluate(ref Frame frame)
    {
        var values = new CelValue[args.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = args[i].Evaluate(ref frame);
            if (values[i].IsError)
            {
                return values[i];
            }

            if (values[i].Kind == CelKind.String)
            {
                frame.Charge(values[i].Text.Length / 64);
            }
        }

        foreach (var overload in overloads)
        {
            if (overload.Function is { } function && overload.Accepts(values))
            {
                var result = function(values);
                return result.IsError ? CelValue.Fail(Locate(result.Error!)) : result;
            }
        }

        return Fail(overloads.Length == 0 ? $"unbound function: {name}" : $"no such overload: {name}");
    }
}
