using System.Globalization;

namespace Sluice.Kafka.Embedded.Configs;

/// <summary>Reads config text as Kafka's <c>ConfigDef.parseType</c> does, with its words for what it cannot read.</summary>
internal static class ConfigValue
{
    /// <returns>bool, string, long, double or <c>string[]</c>; null when it cannot be read.</returns>
    public static object? Parse(ConfigType type, string text, out string? problem)
    {
        var trimmed = text.Trim();
        problem = null;
        switch (type)
        {
            case ConfigType.Boolean when trimmed.Equals("true", StringComparison.OrdinalIgnoreCase):
                return true;
            case ConfigType.Boolean when trimmed.Equals("false", StringComparison.OrdinalIgnoreCase):
                return false;
            case ConfigType.Boolean:
                problem = "Expected value to be either true or false";
                return null;
            case ConfigType.Short:
                return Integer(trimmed, short.MinValue, short.MaxValue, "SHORT", out problem);
            case ConfigType.Int:
                return Integer(trimmed, int.MinValue, int.MaxValue, "INT", out problem);
            case ConfigType.Long:
                return Integer(trimmed, long.MinValue, long.MaxValue, "LONG", out problem);
            case ConfigType.Double when double.TryParse(trimmed, NumberStyles.Float, CultureInfo.InvariantCulture, out var number):
                return number;
            case ConfigType.Double:
                problem = "Not a number of type DOUBLE";
                return null;
            case ConfigType.List:
                return trimmed.Length == 0 ? [] : trimmed.Split(',', StringSplitOptions.TrimEntries);
            default:
                return trimmed;
        }
    }

    /// <summary>As Java would print it.</summary>
    public static string Print(object value) => value switch
    {
        string[] list => $"[{string.Join(", ", list)}]",
        bool b => b ? "true" : "false",
        double d => d == Math.Floor(d) && Math.Abs(d) < 1e7 ? d.ToString("0.0", CultureInfo.InvariantCulture) : d.ToString("R", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    private static long? Integer(string text, long min, long max, string name, out string? problem)
    {
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max)
        {
            problem = null;
            return number;
        }

        problem = $"Not a number of type {name}";
        return null;
    }
}
