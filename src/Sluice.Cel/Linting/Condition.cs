using Sluice.Cel.Syntax;

namespace Sluice.Cel.Linting;

/// <summary>The logic of a filter: operators over conditions that are taken as they are.</summary>
internal abstract record Condition(Expr Source)
{
    /// <summary>What it can come to, when each basic condition can come to what <paramref name="given"/> says.</summary>
    public abstract Outcomes Evaluate(ReadOnlySpan<Outcomes> given);

    /// <summary>Something that does not depend on the claims.</summary>
    public sealed record Constant(Expr Source, Outcomes Outcome) : Condition(Source)
    {
        public override Outcomes Evaluate(ReadOnlySpan<Outcomes> given) => Outcome;
    }

    /// <summary>A basic condition, by its number.</summary>
    public sealed record Basic(Expr Source, int Index) : Condition(Source)
    {
        public override Outcomes Evaluate(ReadOnlySpan<Outcomes> given) => given[Index];
    }

    public sealed record Not(Expr Source, Condition Operand) : Condition(Source)
    {
        public override Outcomes Evaluate(ReadOnlySpan<Outcomes> given) => Negate(Operand.Evaluate(given));
    }

    public sealed record All(Expr Source, Condition[] Operands) : Condition(Source)
    {
        public override Outcomes Evaluate(ReadOnlySpan<Outcomes> given)
        {
            var result = Outcomes.True;
            foreach (var operand in Operands)
            {
                result = And(result, operand.Evaluate(given));
            }

            return result;
        }
    }

    public sealed record Some(Expr Source, Condition[] Operands) : Condition(Source)
    {
        public override Outcomes Evaluate(ReadOnlySpan<Outcomes> given)
        {
            var result = Outcomes.True;
            foreach (var operand in Operands)
            {
                result = And(result, Negate(operand.Evaluate(given)));
            }

            return Negate(result);
        }
    }

    public sealed record Choice(Expr Source, Condition If, Condition Then, Condition Else) : Condition(Source)
    {
        public override Outcomes Evaluate(ReadOnlySpan<Outcomes> given)
        {
            var condition = If.Evaluate(given);
            return (condition.HasFlag(Outcomes.True) ? Then.Evaluate(given) : Outcomes.None)
                | (condition.HasFlag(Outcomes.False) ? Else.Evaluate(given) : Outcomes.None)
                | (condition & Outcomes.Error);
        }
    }

    private static Outcomes Negate(Outcomes outcomes) =>
        (outcomes & Outcomes.Error)
        | (outcomes.HasFlag(Outcomes.True) ? Outcomes.False : Outcomes.None)
        | (outcomes.HasFlag(Outcomes.False) ? Outcomes.True : Outcomes.None);

    // False beats an error, an error beats true.
    private static Outcomes And(Outcomes left, Outcomes right)
    {
        var result = (left | right) & Outcomes.False;
        if (left.HasFlag(Outcomes.True) && right.HasFlag(Outcomes.True))
        {
            result |= Outcomes.True;
        }

        var errors = (left.HasFlag(Outcomes.Error) && (right & (Outcomes.True | Outcomes.Error)) != Outcomes.None)
            || (right.HasFlag(Outcomes.Error) && (left & (Outcomes.True | Outcomes.Error)) != Outcomes.None);
        return errors ? result | Outcomes.Error : result;
    }
}
