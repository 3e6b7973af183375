using Sluice.Cel.Syntax;
using Sluice.Cel.Values;

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
                return Limit(function(values), ref frame);
            }
        }

        return Fail(overloads.Length == 0 ? $"unbound function: {name}" : $"no such overload: {name}");
    }

    // A function does not see the program's limits: what it made is measured, and paid for, here.
    private CelValue Limit(in CelValue result, ref Frame frame)
    {
        switch (result.Kind)
        {
            case CelKind.Error:
                var error = Locate(result.Error!);
                return error.IsLimit ? frame.Exceed(error) : CelValue.Fail(error);
            case CelKind.String when !result.IsJson:
                frame.Charge(result.Text.Length / 64);
                return result.Text.Length > frame.Limits.MaxStringLength ? frame.Exceed(ErrorValues.StringLength) : result;
            case CelKind.Bytes:
                frame.Charge(result.Octets.Length / 64);
                return result.Octets.Length > frame.Limits.MaxStringLength ? frame.Exceed(ErrorValues.StringLength) : result;
            case CelKind.List when !result.IsJson:
                frame.Charge(result.Items.Count);
                return result.Items.Count > frame.Limits.MaxComprehensionSize ? frame.Exceed(ErrorValues.Size) : result;
            default:
                return result;
        }
    }
}
