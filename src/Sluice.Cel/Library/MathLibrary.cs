using Sluice.Cel.Values;

namespace Sluice.Cel.Library;

/// <summary><c>math.greatest</c>, <c>math.abs</c>, <c>math.bitAnd</c>, …</summary>
internal static class MathLibrary
{
    public static Dictionary<string, CelOverload[]> Functions { get; } = Build();

    private static Dictionary<string, CelOverload[]> Build()
    {
        var table = new FunctionTable()
            .Add("math.greatest", Extreme("math.greatest", 1))
            .Add("math.least", Extreme("math.least", -1))
            .Global("math.abs", CelType.Int, args => args[0].IntBits == long.MinValue ? Overflow() : CelValue.Of(Math.Abs(args[0].IntBits)), CelType.Int)
            .Global("math.abs", CelType.Uint, args => args[0], CelType.Uint)
            .Global("math.abs", CelType.Double, args => CelValue.Of(Math.Abs(args[0].DoubleBits)), CelType.Double)
            .Global("math.sign", CelType.Int, args => CelValue.Of((long)Math.Sign(args[0].IntBits)), CelType.Int)
            .Global("math.sign", CelType.Uint, args => CelValue.Of(args[0].UintBits == 0 ? 0UL : 1UL), CelType.Uint)
            .Global("math.sign", CelType.Double, args => CelValue.Of(Sign(args[0].DoubleBits)), CelType.Double)
            .Global("math.isNaN", CelType.Bool, args => CelValue.Of(double.IsNaN(args[0].DoubleBits)), CelType.Double)
            .Global("math.isInf", CelType.Bool, args => CelValue.Of(double.IsInfinity(args[0].DoubleBits)), CelType.Double)
            .Global("math.isFinite", CelType.Bool, args => CelValue.Of(double.IsFinite(args[0].DoubleBits)), CelType.Double)
            .Global("math.sqrt", CelType.Double, args => CelValue.Of(Math.Sqrt(args[0].IntBits)), CelType.Int)
            .Global("math.sqrt", CelType.Double, args => CelValue.Of(Math.Sqrt(args[0].UintBits)), CelType.Uint)
            .Global("math.sqrt", CelType.Double, args => CelValue.Of(Math.Sqrt(args[0].DoubleBits)), CelType.Double)
            .Global("math.bitNot", CelType.Int, args => CelValue.Of(~args[0].IntBits), CelType.Int)
            .Global("math.bitNot", CelType.Uint, args => CelValue.Of(~args[0].UintBits), CelType.Uint);
        foreach (var (name, function) in new (string, Func<double, double>)[]
        {
            ("ceil", Math.Ceiling), ("floor", Math.Floor), ("trunc", Math.Truncate), ("round", value => Math.Round(value, MidpointRounding.AwayFromZero)),
        })
        {
            table.Global($"math.{name}", CelType.Double, args => CelValue.Of(function(args[0].DoubleBits)), CelType.Double);
        }

        foreach (var (name, function) in new (string, Func<long, long, long>)[]
        {
            ("bitAnd", (x, y) => x & y), ("bitOr", (x, y) => x | y), ("bitXor", (x, y) => x ^ y),
        })
        {
            table.Global($"math.{name}", CelType.Int, args => CelValue.Of(function(args[0].IntBits, args[1].IntBits)), CelType.Int, CelType.Int);
            table.Global($"math.{name}", CelType.Uint, args => CelValue.Of((ulong)function(args[0].IntBits, args[1].IntBits)), CelType.Uint, CelType.Uint);
        }

        // Shifts are logical: the sign bit moves like any other.
        Shift(table, "math.bitShiftLeft", (value, by) => value << by);
        Shift(table, "math.bitShiftRight", (value, by) => value >>> by);
        return table.Build();
    }

    private static void Shift(FunctionTable table, string name, Func<ulong, int, ulong> shift)
    {
        table.Global(name, CelType.Int, args => Apply(args, false), CelType.Int, CelType.Int);
        table.Global(name, CelType.Uint, args => Apply(args, true), CelType.Uint, CelType.Int);

        CelValue Apply(ReadOnlySpan<CelValue> args, bool isUnsigned)
        {
            var by = args[1].IntBits;
            if (by < 0)
            {
                return CelValue.Fail("negative offset of a shift");
            }

            var bits = by > 63 ? 0 : shift(args[0].UintBits, (int)by);
            return isUnsigned ? CelValue.Of(bits) : CelValue.Of((long)bits);
        }
    }

    private static double Sign(double value) => double.IsNaN(value) || value == 0 ? value : Math.Sign(value);

    private static CelValue Overflow() => CelValue.Fail(ErrorValues.Overflow);

    private static CelOverload Extreme(string name, int wanted) =>
        new(name, false, [CelType.Dyn], CelType.Parameter("T"), args => Pick(args, wanted)) { IsVariadic = true };

    private static CelValue Pick(ReadOnlySpan<CelValue> args, int wanted)
    {
        var items = args.Length == 1 && args[0].Kind == CelKind.List ? args[0].Items.Span : args;
        if (items.IsEmpty)
        {
            return CelValue.Fail("a list of numbers must not be empty here");
        }

        var best = items[0];
        foreach (var item in items)
        {
            if (!item.IsNumber)
            {
                return CelValue.Fail(ErrorValues.NoOverload);
            }

            best = Numbers.Compare(item, best) == wanted ? item : best;
        }

        return best;
    }
}
