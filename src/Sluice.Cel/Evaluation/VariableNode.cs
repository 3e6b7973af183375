using System.Text.Json;
using Sluice.Cel.Syntax;

namespace Sluice.Cel.Evaluation;

/// <summary>A declared variable.</summary>
internal sealed class VariableNode : PlanNode
{
    private readonly string _name;
    private readonly CelError _missing;

    public VariableNode(SourceSpan span, string name)
        : base(span)
    {
        _name = name;
        _missing = Locate(new CelError($"no value for the variable '{name}'"));
    }

    public override CelValue Evaluate(ref Frame frame)
    {
        if (frame.HasJson)
        {
            return CelValue.FromJson(frame.Json);
        }

        return frame.Activation!.TryGet(_name, out var value) ? value : CelValue.Fail(_missing);
    }

    public override bool TryJson(ref Frame frame, out JsonElement json)
    {
        json = frame.Json;
        if (frame.HasJson)
        {
            return true;
        }

        if (frame.Activation!.TryGet(_name, out var value) && value.IsJson)
        {
            json = value.Json;
            return true;
        }

        return false;
    }
}
