using Sluice.Cel.Syntax;
using Sluice.Cel.Values;

namespace Sluice.Cel.Evaluation;

/// <summary><c>+ - * / %</c>. Integers that overflow are errors; doubles follow IEEE 754.</summary>
internal sealed class ArithmeticNode(SourceSpan span, Operator op, PlanNode left, PlanNode right) : PlanNode(span)
{
    public override CelValue Evaluate(ref Frame frame)
    {
        var first = left.Evaluate(ref frame);
        if (first.IsError)
        {
            return first;
        }

        var second = right.Evaluate(ref frame);
        if (second.IsError)
        {
            return second;
        }

        var result = Apply(first, second, ref frame);
        return result.IsError ? CelValue.Fail(Locate(result.Error!)) : result;
    }

    private CelValue Apply(in CelValue first, in CelValue second, ref Frame frame)
    {
        switch (first.Kind, second.Kind)
        {
            case (CelKind.Int, CelKind.Int):
                return ToInt(first.IntBits, second.IntBits);
            case (CelKind.Uint, CelKind.Uint):
                return ToUint(first.UintBits, second.UintBits);
            case (CelKind.Double, CelKind.Double) when op != Operator.Modulo:
                var (x, y) = (first.DoubleBits, second.DoubleBits);
                return CelValue.Of(op switch { Operator.Add => x + y, Operator.Subtract => x - y, Operator.Multiply => x * y, _ => x / y });
            case (CelKind.Duration, CelKind.Duration) when op is Operator.Add or Operator.Subtract:
                return Time.FromDuration(first.DurationNanos + (Int128)(op == Operator.Add ? 1 : -1) * second.DurationNanos);
            case (CelKind.Timestamp, CelKind.Duration) when op is Operator.Add or Operator.Subtract:
                return Time.FromTotalNanos(Time.TotalNanos(first) + (Int128)(op == Operator.Add ? 1 : -1) * second.DurationNanos);
            case (CelKind.Duration, CelKind.Timestamp) when op == Operator.Add:
                return Time.FromTotalNanos(Time.TotalNanos(second) + first.DurationNanos);
            case (CelKind.Timestamp, CelKind.Timestamp) when op == Operator.Subtract:
                return Time.FromDuration(Time.TotalNanos(first) - Time.TotalNanos(second));
            default:
                return op == Operator.Add && first.Kind == second.Kind ? Concat(first, second, ref frame) : NoOverload(first, second);
        }
    }

    private CelValue Concat(in CelValue first, in CelValue second, ref Frame frame)
    {
        switch (first.Kind)
        {
            case CelKind.String:
                var (start, end) = (first.Text, second.Text);
                return !Fits(start.Length, end.Length, frame.Limits.MaxStringLength, 64, ref frame)
                    ? frame.Exceed(ErrorValues.StringLength) : CelValue.Of(start + end);
            case CelKind.Bytes:
                return !Fits(first.Octets.Length, second.Octets.Length, frame.Limits.MaxStringLength, 64, ref frame)
                    ? frame.Exceed(ErrorValues.StringLength) : CelValue.Of([.. first.Octets, .. second.Octets]);
            case CelKind.List:
                return !Fits(Collections.Count(first), Collections.Count(second), frame.Limits.MaxComprehensionSize, 1, ref frame)
                    ? frame.Exceed(ErrorValues.Size) : CelValue.Of(new CelList([.. first.Items.Span, .. second.Items.Span]));
            default:
                return NoOverload(first, second);
        }
    }

    private static bool Fits(int first, int second, int limit, int perStep, ref Frame frame) =>
        (long)first + second <= limit && frame.Charge((first + second) / perStep);

    private CelValue ToInt(long x, long y)
    {
        if (y == 0 && op is Operator.Divide or Operator.Modulo)
        {
            return CelValue.Fail(op == Operator.Divide ? ErrorValues.DivideByZero : ErrorValues.ModulusByZero);
        }

        var wide = op switch
        {
            Operator.Add => (Int128)x + y,
            Operator.Subtract => (Int128)x - y,
            Operator.Multiply => (Int128)x * y,
            Operator.Divide => (Int128)x / y,
            _ => (Int128)x % y,
        };
        return wide > long.MaxValue || wide < long.MinValue ? CelValue.Fail(ErrorValues.Overflow) : CelValue.Of((long)wide);
    }

    private CelValue ToUint(ulong x, ulong y)
    {
        if (y == 0 && op is Operator.Divide or Operator.Modulo)
        {
            return CelValue.Fail(op == Operator.Divide ? ErrorValues.DivideByZero : ErrorValues.ModulusByZero);
        }

        if (op == Operator.Subtract && y > x)
        {
            return CelValue.Fail(ErrorValues.Overflow);
        }

        var wide = op switch
        {
            Operator.Add => (UInt128)x + y,
            Operator.Subtract => x - y,
            Operator.Multiply => (UInt128)x * y,
            Operator.Divide => x / y,
            _ => x % y,
        };
        return wide > ulong.MaxValue ? CelValue.Fail(ErrorValues.Overflow) : CelValue.Of((ulong)wide);
    }

    private CelValue NoOverload(in CelValue first, in CelValue second) =>
        CelValue.Fail($"no such overload: {first.Type.Name} {op.Symbol()} {second.Type.Name}");
}
