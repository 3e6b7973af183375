using System.Globalization;
using System.Text;

namespace Sluice.Cel.Values;

/// <summary>Values as text for people: close to CEL literals, cut when long.</summary>
internal static class ValuePrinter
{
    private const int Longest = 200;

    public static string Print(in CelValue value)
    {
        var result = new StringBuilder();
        Append(result, value, 0);
        return result.ToString();
    }

    private static void Append(StringBuilder result, in CelValue value, int depth)
    {
        switch (value.Kind)
        {
            case CelKind.Double:
                result.Append(DoubleText.Format(value.DoubleBits));
                break;
            case CelKind.String:
                var text = value.Text;
                result.Append('"').Append(text.Length > Longest ? string.Concat(text.AsSpan(0, Longest), "…") : text).Append('"');
                break;
            case CelKind.Bytes:
                result.Append("b\"").Append(Convert.ToHexStringLower(value.Octets.AsSpan(0, Math.Min(Longest, value.Octets.Length)))).Append('"');
                break;
            case CelKind.List:
                AppendItems(result, value, depth, '[', ']');
                break;
            case CelKind.Map:
                AppendItems(result, value, depth, '{', '}');
                break;
            case CelKind.Type:
                result.Append(value.AsType().Name);
                break;
            case CelKind.Timestamp:
                result.Append(TimeText.Format(value));
                break;
            case CelKind.Duration:
                result.Append(TimeText.FormatDuration(value.DurationNanos));
                break;
            case CelKind.Optional:
                var some = value.TryGetOptional(out var held);
                result.Append(some ? "optional.of(" : "optional.none(");
                if (some)
                {
                    Append(result, held, depth + 1);
                }

                result.Append(')');
                break;
            case CelKind.Opaque:
                result.Append(CultureInfo.InvariantCulture, $"{value.Object}");
                break;
            default:
                result.Append(value.ToString());
                break;
        }
    }

    private static void AppendItems(StringBuilder result, in CelValue value, int depth, char open, char close)
    {
        result.Append(open);
        var items = new ValueIterator(value);
        while (items.MoveNext())
        {
            result.Append(items.Index == 0 ? "" : ", ");
            if (depth > 8 || items.Index > 50 || result.Length > 20 * Longest)
            {
                result.Append('…');
                break;
            }

            Append(result, items.Current, depth + 1);
            if (value.Kind == CelKind.Map)
            {
                result.Append(": ");
                Append(result, items.CurrentValue, depth + 1);
            }
        }

        result.Append(close);
    }
}
