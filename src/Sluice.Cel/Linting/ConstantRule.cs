using Sluice.Cel.Evaluation;
using Sluice.Cel.Library;
using Sluice.Cel.Planning;
using Sluice.Cel.Syntax;

namespace Sluice.Cel.Linting;

/// <summary>Filters, and parts of them, that come to the same for every token.</summary>
/// <remarks>
/// Conditions on one operand are looked at together: <c>claims.aud == "a" &amp;&amp; claims.aud == "b"</c> is never true. With too many
/// combinations each condition is taken as independent of the others, which finds less but nothing wrong.
/// </remarks>
internal sealed class ConstantRule
{
    private const int MostCombinations = 20_000;

    private readonly LintContext _context;
    private readonly List<BasicCondition> _basics = [];
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);

    private ConstantRule(LintContext context) => _context = context;

    public static void Check(LintContext context) => new ConstantRule(context).Examine(context.Root, isWhole: true);

    private void Examine(Expr expr, bool isWhole)
    {
        _basics.Clear();
        _numbers.Clear();
        var outcomes = Possible(Read(expr));
        if (outcomes == Outcomes.True)
        {
            _context.Warn(
                CelLint.AlwaysTrue,
                expr.Span,
                isWhole ? "the filter is true for every token" : "this part is always true",
                isWhole ? "add a condition on the token, such as claims.aud == \"…\"" : "leave it out, or correct it");
            return;
        }

        if (!outcomes.HasFlag(Outcomes.True) && (isWhole || outcomes == Outcomes.False))
        {
            // A result that is no boolean at all has a rule of its own.
            if (!isWhole || _context.Program.ResultType.Kind is CelTypeKind.Bool or CelTypeKind.Dyn)
            {
                _context.Warn(
                    CelLint.AlwaysFalse, expr.Span, isWhole ? "the filter is true for no token" : "this part is always false", "correct it, or leave it out");
            }

            return;
        }

        var parts = expr switch
        {
            LogicalExpr logical => logical.Operands,
            UnaryExpr { Operator: Operator.Not } not => [not.Operand],
            ConditionalExpr conditional => [conditional.Condition, conditional.WhenTrue, conditional.WhenFalse],
            _ => [],
        };
        foreach (var part in parts)
        {
            Examine(part, isWhole: false);
        }
    }

    private Condition Read(Expr expr)
    {
        switch (expr)
        {
            case LogicalExpr { Operator: Operator.And } and:
                return new Condition.All(expr, Array.ConvertAll(and.Operands, Read));
            case LogicalExpr or:
                return new Condition.Some(expr, Array.ConvertAll(or.Operands, Read));
            case UnaryExpr { Operator: Operator.Not } not:
                return new Condition.Not(expr, Read(not.Operand));
            case ConditionalExpr choice:
                return new Condition.Choice(expr, Read(choice.Condition), Read(choice.WhenTrue), Read(choice.WhenFalse));
            case var _ when IsConstant(expr):
                return new Condition.Constant(expr, Evaluate(expr));
            case BinaryExpr { Operator: Operator.NotEqual } unequal:
                return new Condition.Not(expr, Read(new BinaryExpr(unequal.Id, unequal.Span, Operator.Equal, unequal.Left, unequal.Right)));
            default:
                var basic = BasicCondition.Of(expr);
                var key = $"{basic.Test} {basic.Operand} {string.Join(' ', basic.Constants.Select(constant => $"{constant.Kind}:{constant}"))}";
                if (!_numbers.TryGetValue(key, out var number))
                {
                    number = _basics.Count;
                    _numbers.Add(key, number);
                    _basics.Add(basic);
                }

                return new Condition.Basic(expr, number);
        }
    }

    private Outcomes Possible(Condition condition)
    {
        // Each group: which conditions, and the vectors of outcomes that they can have together.
        var groups = new List<(int[] Numbers, List<Outcomes[]> Vectors)>();
        long combinations = 1;
        foreach (var operand in _basics.Select((basic, number) => (basic, number)).GroupBy(item => item.basic.Operand, StringComparer.Ordinal))
        {
            var members = operand.Where(item => item.basic.Test != BasicTest.Opaque).ToArray();
            if (members.Length > 0)
            {
                // has(claims.x) cannot fail; has(claims.x.y) can.
                var canFail = Depth(operand.Key) != 1;
                if (OperandSamples.Vectors([.. members.Select(item => item.basic)], canFail) is not { } vectors)
                {
                    return Independent(condition);
                }

                groups.Add(([.. members.Select(item => item.number)], vectors));
                combinations *= vectors.Count;
            }

            foreach (var (_, number) in operand.Where(item => item.basic.Test == BasicTest.Opaque))
            {
                groups.Add(([number], [[Outcomes.True], [Outcomes.False], [Outcomes.Error]]));
                combinations *= 3;
            }

            if (combinations > MostCombinations)
            {
                return Independent(condition);
            }
        }

        var given = new Outcomes[_basics.Count];
        var result = Outcomes.None;
        for (long combination = 0; combination < combinations && result != Outcomes.Any; combination++)
        {
            var rest = combination;
            foreach (var (numbers, vectors) in groups)
            {
                var vector = vectors[(int)(rest % vectors.Count)];
                rest /= vectors.Count;
                for (var i = 0; i < numbers.Length; i++)
                {
                    given[numbers[i]] = vector[i];
                }
            }

            result |= condition.Evaluate(given);
        }

        return result;
    }

    private Outcomes Independent(Condition condition) => condition.Evaluate(_basics.ConvertAll(_ => Outcomes.Any).ToArray());

    private static int Depth(string operand) => operand.Count(c => c == '\u0001');

    // Depends on no variable, and calls nothing that a host has added.
    private bool IsConstant(Expr expr) => LintContext.Everything(expr).All(part =>
        _context.Program.Tree.References[part.Id]?.Variable is null
        && (part is not CallExpr call || Array.TrueForAll(
            _context.Program.Environment.FindFunction(call.Function) ?? [null!],
            overload => overload is not null && StandardLibrary.IsStandard(call.Function, overload))));

    private Outcomes Evaluate(Expr expr)
    {
        var program = _context.Program;
        var plan = Planner.Plan(program.Environment, program.Tree with { Root = expr });
        var frame = new Frame(CelLimits.Filter, plan.Size, CelActivation.Empty, new CelValue[plan.LocalCount]);
        var result = frame.Finish(plan.Root.Evaluate(ref frame));
        return result.Kind != CelKind.Bool ? Outcomes.Error : result.IsTrue ? Outcomes.True : Outcomes.False;
    }
}
