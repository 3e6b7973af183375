namespace Sluice.Kafka.Embedded.Configs;

/// <summary>What a value must be beyond its type: Kafka's <c>ConfigDef.Validator</c>s, with their words.</summary>
internal abstract class ConfigRule
{
    /// <returns>Null when the value is fine.</returns>
    public abstract string? Check(string name, object? value);

    /// <summary>The item of a list that does not fit.</summary>
    public virtual string? Offender(string[] list) => null;

    public static ConfigRule AtLeast(double minimum) => new RangeRule(minimum, double.PositiveInfinity);

    public static ConfigRule Between(double minimum, double maximum) => new RangeRule(minimum, maximum);

    public static ConfigRule OneOf(params string[] values) => new OneOfRule(values, StringComparison.Ordinal);

    public static ConfigRule OneOfIgnoringCase(params string[] values) => new OneOfRule(values, StringComparison.OrdinalIgnoreCase);

    public static ConfigRule ListOf(params string[] values) => new ListRule(values);

    /// <summary>Gzip's levels: 1 to 9, or -1 for the library's default.</summary>
    public static ConfigRule GzipLevel { get; } = new GzipLevelRule();

    public static ConfigRule NonEmpty { get; } = new NonEmptyRule();

    /// <summary><c>*</c> or <c>[partition]:[broker],…</c>.</summary>
    public static ConfigRule ThrottledReplicas { get; } = new ThrottledReplicasRule();

    private static string Number(double value) => ((decimal)value).ToString("0.################", System.Globalization.CultureInfo.InvariantCulture);

    private sealed class RangeRule(double minimum, double maximum) : ConfigRule
    {
        public override string? Check(string name, object? value)
        {
            var number = Convert.ToDouble(value, System.Globalization.CultureInfo.InvariantCulture);
            return !(number >= minimum) ? $"Value must be at least {Number(minimum)}"
                : number > maximum ? $"Value must be no more than {Number(maximum)}"
                : null;
        }
    }

    private sealed class OneOfRule(string[] values, StringComparison comparison) : ConfigRule
    {
        public override string? Check(string name, object? value) =>
            values.Any(allowed => allowed.Equals((string?)value, comparison))
                ? null
                : comparison == StringComparison.Ordinal
                    ? $"String must be one of: {string.Join(", ", values)}"
                    : $"String must be one of (case insensitive): {string.Join(", ", values)}";
    }

    private sealed class ListRule(string[] values) : ConfigRule
    {
        public override string? Check(string name, object? value)
        {
            var list = (string[])value!;
            return Array.Exists(list, item => item.Length == 0) ? $"Configuration '{name}' values must not be empty."
                : Array.TrueForAll(list, item => values.Contains(item, StringComparer.Ordinal)) ? null
                : $"String must be one of: {string.Join(", ", values)}";
        }

        public override string? Offender(string[] list) => Array.Find(list, item => !values.Contains(item, StringComparer.Ordinal));
    }

    private sealed class GzipLevelRule : ConfigRule
    {
        public override string? Check(string name, object? value) =>
            value is long and (-1 or (>= 1 and <= 9)) ? null : "Value must be between 1 and 9 or equal to -1";
    }

    private sealed class NonEmptyRule : ConfigRule
    {
        public override string? Check(string name, object? value) => value is "" ? "String must be non-empty" : null;
    }

    private sealed class ThrottledReplicasRule : ConfigRule
    {
        public override string? Check(string name, object? value)
        {
            var list = (string[])value!;
            return list is [] or ["*"] || Array.TrueForAll(list, IsPair)
                ? null
                : $"{name} must be the literal '*' or a list of replicas in the following format: [partitionId]:[brokerId],[partitionId]:[brokerId],...";
        }

        private static bool IsPair(string item) =>
            item.Split(':') is [var partition, var broker]
            && partition.Length > 0 && broker.Length > 0
            && partition.All(char.IsAsciiDigit) && broker.All(char.IsAsciiDigit);
    }
}
