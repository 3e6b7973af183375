using System.Globalization;
using System.Text.Json;

namespace Sluice.Cel.Conformance;

/// <summary>Runs one case of a conformance file.</summary>
internal static class CaseRunner
{
    /// <returns>Why the case fails; null when it passes.</returns>
    public static string? Run(JsonElement item)
    {
        try
        {
            return Compare(item);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            return $"threw {fault.GetType().Name}: {fault.Message}";
        }
    }

    private static string? Compare(JsonElement item)
    {
        var source = item.GetProperty("expr").GetString()!;
        var expected = item.GetProperty("expected");
        var compilation = Environment(item).Compile(source);
        if (compilation.Program is not { } program)
        {
            return expected.TryGetProperty("errors", out _) ? null : $"does not compile: {compilation}";
        }

        if (expected.TryGetProperty("type", out var type) && program.ResultType.ToString() != type.GetString())
        {
            return $"has type {program.ResultType}, expected {type}";
        }

        if (Flag(item, "check_only"))
        {
            return expected.TryGetProperty("errors", out _) ? "compiles, expected an error" : null;
        }

        var activation = CelActivation.Empty;
        if (item.TryGetProperty("bindings", out var bindings))
        {
            foreach (var binding in bindings.EnumerateObject())
            {
                activation = activation.With(binding.Name, Value(binding.Value.GetProperty("value")));
            }
        }

        var result = program.Evaluate(activation);
        if (expected.TryGetProperty("errors", out _))
        {
            return result.IsError ? null : $"gives {result}, expected an error";
        }

        if (!expected.TryGetProperty("value", out var value))
        {
            return null;
        }

        return Same(result, Value(value)) ? null : $"gives {result}, expected {Value(value)}";
    }

    private static CelEnvironment Environment(JsonElement item)
    {
        var environment = CelEnvironment.Standard
            .WithLibrary(CelLibrary.Bindings)
            .WithLibrary(CelLibrary.TwoVariableComprehensions)
            .WithLibrary(CelLibrary.Encoders)
            .WithLibrary(CelLibrary.Math)
            .WithLibrary(CelLibrary.Strings)
            .WithLibrary(CelLibrary.Optionals)
            .WithLibrary(CelLibrary.Network);
        if (item.TryGetProperty("container", out var container))
        {
            environment = environment.WithContainer(container.GetString()!);
        }

        environment = Flag(item, "disable_check") ? environment.WithoutTypeCheck() : environment;
        environment = Flag(item, "disable_macros") ? environment.WithoutMacros() : environment;
        if (!item.TryGetProperty("type_env", out var declarations))
        {
            return environment;
        }

        foreach (var declaration in declarations.EnumerateArray())
        {
            if (declaration.TryGetProperty("ident", out var ident))
            {
                environment = environment.WithVariable(ident.GetString()!, CelType.Parse(declaration.GetProperty("type").GetString()!));
                continue;
            }

            var overloads = declaration.GetProperty("overloads").EnumerateArray().Select(overload => new CelOverload(
                overload.GetProperty("id").GetString()!,
                overload.GetProperty("instance").GetBoolean(),
                [.. overload.GetProperty("params").EnumerateArray().Select(parameter => CelType.Parse(parameter.GetString()!))],
                CelType.Parse(overload.GetProperty("result").GetString()!),
                null));
            environment = environment.WithFunction(declaration.GetProperty("function").GetString()!, [.. overloads]);
        }

        return environment;
    }

    private static bool Flag(JsonElement item, string name) => item.TryGetProperty(name, out var flag) && flag.GetBoolean();

    private static CelValue Value(JsonElement encoded)
    {
        var value = encoded.TryGetProperty("value", out var held) ? held : default;
        return encoded.GetProperty("type").GetString() switch
        {
            "null" => CelValue.Null,
            "bool" => CelValue.Of(value.GetBoolean()),
            "int" => CelValue.Of(long.Parse(value.GetString()!, CultureInfo.InvariantCulture)),
            "uint" => CelValue.Of(ulong.Parse(value.GetString()!, CultureInfo.InvariantCulture)),
            "double" => CelValue.Of(double.Parse(value.GetString()!, CultureInfo.InvariantCulture)),
            "string" => CelValue.Of(value.GetString()!),
            "bytes" => CelValue.Of(value.GetBytesFromBase64()),
            "list" => CelValue.List(value.EnumerateArray().Select(Value)),
            "map" => CelValue.Map(value.EnumerateArray().Select(pair => KeyValuePair.Create(Value(pair[0]), Value(pair[1])))),
            "type" => CelValue.Of(CelType.Parse(value.GetString()!)),
            "timestamp" => CelValue.Timestamp(Seconds(encoded), encoded.GetProperty("nanos").GetInt32()),
            "duration" => CelValue.DurationFromNanoseconds((Seconds(encoded) * 1_000_000_000) + encoded.GetProperty("nanos").GetInt32()),
            var other => throw new FormatException($"unknown value type '{other}'"),
        };
    }

    private static long Seconds(JsonElement encoded) => long.Parse(encoded.GetProperty("seconds").GetString()!, CultureInfo.InvariantCulture);

    /// <summary>Equal in kind and value; NaN matches NaN, maps ignore order.</summary>
    private static bool Same(in CelValue left, in CelValue right)
    {
        if (left.Kind != right.Kind)
        {
            return false;
        }

        switch (left.Kind)
        {
            case CelKind.Double:
                return BitConverter.DoubleToInt64Bits(left.AsDouble()) == BitConverter.DoubleToInt64Bits(right.AsDouble())
                    || (double.IsNaN(left.AsDouble()) && double.IsNaN(right.AsDouble()));
            case CelKind.List:
                var (items, others) = (left.AsList(), right.AsList());
                return items.Count == others.Count && items.Zip(others).All(pair => Same(pair.First, pair.Second));
            case CelKind.Map:
                var (entries, rest) = (left.AsMap(), right.AsMap().ToList());
                return entries.Count == rest.Count
                    && entries.All(entry => rest.Exists(other => Same(entry.Key, other.Key) && Same(entry.Value, other.Value)));
            case CelKind.String:
                return left.AsString() == right.AsString();
            case CelKind.Bytes:
                return left.AsBytes().Span.SequenceEqual(right.AsBytes().Span);
            case CelKind.Type:
                return left.AsType().Name == right.AsType().Name;
            case CelKind.Timestamp:
                return left.AsTimestampParts() == right.AsTimestampParts();
            case CelKind.Duration:
                return left.AsDurationNanoseconds() == right.AsDurationNanoseconds();
            case CelKind.Bool:
                return left.AsBool() == right.AsBool();
            case CelKind.Int:
                return left.AsInt() == right.AsInt();
            case CelKind.Uint:
                return left.AsUint() == right.AsUint();
            default:
                return left.Kind == CelKind.Null;
        }
    }
}
