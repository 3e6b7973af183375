using Sluice.Cel.Values;

namespace Sluice.Cel.Library;

/// <summary>Values that may be absent: <c>optional.of</c>, <c>orValue</c>, …</summary>
internal static class OptionalsLibrary
{
    private static readonly CelType T = CelType.Parameter("T");
    private static readonly CelType OptionalT = CelType.Optional(T);

    public static Dictionary<string, CelOverload[]> Functions { get; } = new FunctionTable()
        .Global("optional.of", OptionalT, args => CelValue.Some(args[0]), T)
        .Global("optional.ofNonZeroValue", OptionalT, args => IsZero(args[0]) ? CelValue.None : CelValue.Some(args[0]), T)
        .Global("optional.none", OptionalT, args => CelValue.None)
        .Global("optional.unwrap", CelType.List(T), args => Unwrap(args[0]), CelType.List(OptionalT))
        .Member("unwrapOpt", CelType.List(T), args => Unwrap(args[0]), CelType.List(OptionalT))
        .Member("hasValue", CelType.Bool, args => CelValue.Of(args[0].TryGetOptional(out _)), OptionalT)
        .Member("value", T, args => args[0].TryGetOptional(out var value) ? value : CelValue.Fail("optional.none() has no value"), OptionalT)
        .Member("or", OptionalT, args => args[0].TryGetOptional(out _) ? args[0] : args[1], OptionalT, OptionalT)
        .Member("orValue", T, args => args[0].TryGetOptional(out var value) ? value : args[1], OptionalT, T)
        .Member("first", OptionalT, args => End(args[0], first: true), CelType.List(T))
        .Member("last", OptionalT, args => End(args[0], first: false), CelType.List(T))
        .Build();

    /// <summary>These two evaluate their argument only when the optional holds nothing.</summary>
    public static bool IsOr(string function, CelOverload overload) =>
        function is "or" or "orValue" && Functions[function].Contains(overload);

    private static CelValue End(in CelValue list, bool first)
    {
        var count = Collections.Count(list);
        return count == 0 ? CelValue.None : CelValue.Some(Collections.ItemAt(list, first ? 0 : count - 1));
    }

    private static CelValue Unwrap(in CelValue list)
    {
        var held = new List<CelValue>();
        foreach (var item in list.Items)
        {
            if (item.Kind != CelKind.Optional)
            {
                return CelValue.Fail(ErrorValues.NoOverload);
            }

            if (item.TryGetOptional(out var value))
            {
                held.Add(value);
            }
        }

        return CelValue.Of(new CelList([.. held]));
    }

    private static bool IsZero(in CelValue value) => value.Kind switch
    {
        CelKind.Null => true,
        CelKind.Bool or CelKind.Int or CelKind.Uint or CelKind.Duration => value.IntBits == 0,
        CelKind.Double => value.DoubleBits == 0,
        CelKind.String => value.Text.Length == 0,
        CelKind.Bytes => value.Octets.Length == 0,
        CelKind.List or CelKind.Map => Collections.Count(value) == 0,
        CelKind.Timestamp => value is { Seconds: 0, Nanos: 0 },
        CelKind.Optional => !value.TryGetOptional(out _),
        _ => false,
    };
}
