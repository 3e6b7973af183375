using System.Text.RegularExpressions;
using Sluice.Cel.Library;
using Sluice.Cel.Syntax;
using Sluice.Cel.Values;

namespace Sluice.Cel.Evaluation;

/// <summary><c>operand.matches("constant pattern")</c>: compiled once.</summary>
internal sealed class MatchesNode(SourceSpan span, PlanNode operand, Regex regex) : PlanNode(span)
{
    public override CelValue Evaluate(ref Frame frame)
    {
        var value = operand.Evaluate(ref frame);
        if (value.Kind == CelKind.String)
        {
            var text = value.Text;
            frame.Charge(text.Length / 64);
            return Patterns.IsMatch(regex, text);
        }

        return value.IsError ? value : CelValue.Fail(Locate(ErrorValues.NoOverload));
    }
}
