using Sluice.Cel.Checking;
using Sluice.Cel.Syntax;

namespace Sluice.Cel.Evaluation;

/// <summary>A name, with fields after it, in a program that was not checked: the longest name that has a value wins.</summary>
internal sealed class DynamicNameNode : PlanNode
{
    private readonly (string Name, CelType? Type, string[] Fields)[] _readings;
    private readonly CelError _missing;
    private readonly string? _onlyVariable;

    public DynamicNameNode(SourceSpan span, CelEnvironment environment, string qualified, bool absolute)
        : base(span)
    {
        var parts = qualified.Split('.');
        var readings = new List<(string, CelType?, string[])>();
        for (var taken = parts.Length; taken > 0; taken--)
        {
            foreach (var candidate in Names.Candidates(environment.Container, string.Join('.', parts[..taken]), absolute))
            {
                readings.Add((candidate, environment.FindTypeName(candidate), parts[taken..]));
            }
        }

        _readings = [.. readings];
        _onlyVariable = environment.OnlyVariable;
        _missing = Locate(new CelError($"undeclared reference to '{parts[0]}'"));
    }

    public override CelValue Evaluate(ref Frame frame)
    {
        foreach (var (name, type, fields) in _readings)
        {
            if (frame.HasJson)
            {
                // JSON stands for the one variable that is declared.
                if (name == _onlyVariable)
                {
                    return Select(CelValue.FromJson(frame.Json), fields);
                }
            }
            else if (frame.Activation!.TryGet(name, out var value))
            {
                return Select(value, fields);
            }

            if (type is not null)
            {
                return Select(CelValue.Of(type), fields);
            }
        }

        return CelValue.Fail(_missing);
    }

    private CelValue Select(CelValue value, string[] fields)
    {
        foreach (var field in fields)
        {
            value = Members.Select(value, field, null);
            if (value.IsError)
            {
                return CelValue.Fail(Locate(value.Error!));
            }
        }

        return value;
    }
}
