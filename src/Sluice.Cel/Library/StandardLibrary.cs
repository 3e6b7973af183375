using System.Collections.Immutable;
using Sluice.Cel.Library.Re2;
using Sluice.Cel.Syntax;
using Sluice.Cel.Values;

namespace Sluice.Cel.Library;

/// <summary>Functions of the standard language: https://github.com/google/cel-spec/blob/master/doc/langdef.md#list-of-standard-definitions.</summary>
internal static class StandardLibrary
{
    private static readonly CelType A = CelType.Parameter("A");
    private static readonly CelType B = CelType.Parameter("B");

    public static ImmutableDictionary<string, CelType> TypeNames { get; } = new[]
    {
        CelType.Null, CelType.Bool, CelType.Int, CelType.Uint, CelType.Double, CelType.String, CelType.Bytes, CelType.Timestamp,
        CelType.Duration, CelType.Type, CelType.ListOfDyn, CelType.MapOfDyn, CelType.Dyn,
    }.ToImmutableDictionary(type => type.Name, StringComparer.Ordinal);

    public static ImmutableDictionary<string, CelOverload[]> Functions { get; } = Build();

    public static bool IsStandard(string function, CelOverload overload) =>
        Functions.TryGetValue(function, out var overloads) && overloads.Contains(overload);

    private static ImmutableDictionary<string, CelOverload[]> Build()
    {
        var table = new FunctionTable()
            .Global("type", CelType.TypeOf(A), args => CelValue.Of(args[0].Type), A)
            .Global("dyn", CelType.Dyn, args => args[0], A)
            .Member("contains", CelType.Bool, args => CelValue.Of(args[0].Text.Contains(args[1].Text, StringComparison.Ordinal)), CelType.String, CelType.String)
            .Member("startsWith", CelType.Bool, args => CelValue.Of(args[0].Text.StartsWith(args[1].Text, StringComparison.Ordinal)), CelType.String, CelType.String)
            .Member("endsWith", CelType.Bool, args => CelValue.Of(args[0].Text.EndsWith(args[1].Text, StringComparison.Ordinal)), CelType.String, CelType.String)
            .Member("matches", CelType.Bool, args => Re2Pattern.IsMatch(args[0].Text, args[1].Text, CelLimits.Default.MaxPatternLength), CelType.String, CelType.String)
            .Global("matches", CelType.Bool, args => Re2Pattern.IsMatch(args[0].Text, args[1].Text, CelLimits.Default.MaxPatternLength), CelType.String, CelType.String);
        foreach (var (type, size) in new (CelType, CelFunction)[]
        {
            (CelType.String, args => CelValue.Of((long)SourceText.CountCodePoints(args[0].Text))),
            (CelType.Bytes, args => CelValue.Of((long)args[0].Octets.Length)),
            (CelType.List(A), args => CelValue.Of((long)Collections.Count(args[0]))),
            (CelType.Map(A, B), args => CelValue.Of((long)Collections.Count(args[0]))),
        })
        {
            table.Global("size", CelType.Int, size, type).Member("size", CelType.Int, size, type);
        }

        Conversions.AddTo(table);
        TimeFunctions.AddTo(table);
        return table.Build().ToImmutableDictionary(StringComparer.Ordinal);
    }
}
