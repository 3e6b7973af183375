using Sluice.Cel.Library.Re2;
using Sluice.Cel.Syntax;
using Sluice.Cel.Values;

namespace Sluice.Cel.Evaluation;

/// <summary><c>text.matches(pattern)</c>; a constant pattern is compiled once.</summary>
internal sealed class MatchesNode : PlanNode
{
    private readonly PlanNode _operand;
    private readonly PlanNode _pattern;
    private readonly Re2Pattern? _compiled;
    private readonly CelError? _invalid;

    public MatchesNode(SourceSpan span, PlanNode operand, PlanNode pattern, int maxPatternLength)
        : base(span)
    {
        _operand = operand;
        _pattern = pattern;
        if (pattern is ConstantNode { Value: { Kind: CelKind.String } text }
            && !Re2Pattern.TryCompile(text.Text, maxPatternLength, out _compiled, out var fault))
        {
            // An error of evaluation, so that && and || can absorb it like any other.
            _invalid = new CelError(fault) { Offset = pattern.Span.Start, Length = pattern.Span.Length };
        }
    }

    public override CelValue Evaluate(ref Frame frame)
    {
        var value = _operand.Evaluate(ref frame);
        if (value.IsError)
        {
            return value;
        }

        var pattern = _pattern.Evaluate(ref frame);
        if (pattern.IsError)
        {
            return pattern;
        }

        if (value.Kind != CelKind.String || pattern.Kind != CelKind.String)
        {
            return CelValue.Fail(Locate(ErrorValues.NoOverload));
        }

        if (_invalid is not null)
        {
            return CelValue.Fail(_invalid);
        }

        var text = value.Text;
        frame.Charge(text.Length / 64);
        var result = _compiled?.IsMatch(text) ?? Re2Pattern.IsMatch(text, pattern.Text, frame.Limits.MaxPatternLength);
        return result.IsError ? CelValue.Fail(Locate(result.Error!)) : result;
    }
}
