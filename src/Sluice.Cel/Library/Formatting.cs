using System.Globalization;
using System.Text;
using Sluice.Cel.Values;

namespace Sluice.Cel.Library;

/// <summary><c>"%s is %.2f".format([…])</c>: verbs <c>s d f e b o x X</c> and <c>%%</c>.</summary>
internal static class Formatting
{
    private const int Longest = 1024 * 1024;
    private const int HighestPrecision = 100;

    public static CelValue Format(string format, in CelValue list)
    {
        var args = list.Items;
        var result = new StringBuilder();
        var next = 0;
        for (var i = 0; i < format.Length; i++)
        {
            if (format[i] != '%')
            {
                result.Append(format[i]);
                continue;
            }

            i++;
            if (i < format.Length && format[i] == '%')
            {
                result.Append('%');
                continue;
            }

            var precision = -1;
            if (i < format.Length && format[i] == '.')
            {
                for (i++, precision = 0; i < format.Length && char.IsAsciiDigit(format[i]) && precision <= HighestPrecision; i++)
                {
                    precision = (precision * 10) + (format[i] - '0');
                }
            }

            if (i >= format.Length || precision > HighestPrecision)
            {
                return CelValue.Fail("the format has an unfinished or too precise clause");
            }

            if (next >= args.Count)
            {
                return CelValue.Fail($"index {next} out of range: the format has more clauses than there are arguments");
            }

            if (Append(result, format[i], precision, args[next++]) is { } fault)
            {
                return CelValue.Fail($"error during formatting: {fault}");
            }

            if (result.Length > Longest)
            {
                return CelValue.Fail(ErrorValues.StringLength);
            }
        }

        return CelValue.Of(result.ToString());
    }

    private static string? Append(StringBuilder result, char verb, int precision, in CelValue arg)
    {
        switch (verb)
        {
            case 's':
                return AppendText(result, arg);
            case 'd' when arg.Kind is CelKind.Int or CelKind.Uint:
                result.Append(arg.Kind == CelKind.Int ? arg.IntBits.ToString(CultureInfo.InvariantCulture) : arg.UintBits.ToString(CultureInfo.InvariantCulture));
                return null;
            case 'd' or 'f' or 'e' when arg.Kind == CelKind.Double && !double.IsFinite(arg.DoubleBits):
                result.Append(DoubleText.Format(arg.DoubleBits));
                return null;
            case 'd' when arg.Kind == CelKind.Double:
                result.Append(DoubleText.FormatPlain(arg.DoubleBits));
                return null;
            case 'f' or 'e' when arg.IsNumber:
                var real = arg.Kind == CelKind.Int ? arg.IntBits : arg.Kind == CelKind.Uint ? arg.UintBits : arg.DoubleBits;
                var digits = precision < 0 ? 6 : precision;
                result.Append(verb == 'f' ? DoubleFormat.Fixed(real, digits) : DoubleFormat.Scientific(real, digits));
                return null;
            case 'b' when arg.Kind == CelKind.Bool:
                result.Append(arg.BoolBits ? '1' : '0');
                return null;
            case 'b' or 'o' or 'x' or 'X' when arg.Kind is CelKind.Int or CelKind.Uint:
                AppendRadix(result, verb, arg);
                return null;
            case 'x' or 'X' when arg.Kind is CelKind.String or CelKind.Bytes:
                var octets = arg.Kind == CelKind.String ? Encoding.UTF8.GetBytes(arg.Text) : arg.Octets;
                result.Append(verb == 'x' ? Convert.ToHexStringLower(octets) : Convert.ToHexString(octets));
                return null;
            case 'd':
                return $"decimal clause can only be used on numbers, was given {arg.Type.Name}";
            case 'f':
                return $"fixed-point clause can only be used on numbers, was given {arg.Type.Name}";
            case 'e':
                return $"scientific clause can only be used on numbers, was given {arg.Type.Name}";
            case 'b':
                return $"binary clause can only be used on integers and bools, was given {arg.Type.Name}";
            case 'o':
                return $"octal clause can only be used on integers, was given {arg.Type.Name}";
            case 'x' or 'X':
                return $"only integers, bytes and strings can be formatted as hex, was given {arg.Type.Name}";
            default:
                return $"unrecognized formatting clause '{verb}'";
        }
    }

    private static void AppendRadix(StringBuilder result, char verb, in CelValue arg)
    {
        var negative = arg.Kind == CelKind.Int && arg.IntBits < 0;
        var magnitude = negative ? unchecked(0UL - arg.UintBits) : arg.UintBits;
        var radix = verb switch { 'b' => 2UL, 'o' => 8UL, _ => 16UL };
        Span<char> digits = stackalloc char[64];
        var position = digits.Length;
        do
        {
            digits[--position] = (verb == 'X' ? "0123456789ABCDEF" : "0123456789abcdef")[(int)(magnitude % radix)];
            magnitude /= radix;
        }
        while (magnitude > 0);
        result.Append(negative ? "-" : "").Append(digits[position..]);
    }

    private static string? AppendText(StringBuilder result, in CelValue arg)
    {
        if (result.Length > Longest)
        {
            return null;
        }

        switch (arg.Kind)
        {
            case CelKind.String:
                result.Append(arg.Text);
                return null;
            case CelKind.Bytes:
                result.Append(Encoding.UTF8.GetString(arg.Octets));
                return null;
            case CelKind.Double:
                result.Append(DoubleText.FormatPlain(arg.DoubleBits));
                return null;
            case CelKind.Uint:
                result.Append(arg.UintBits.ToString(CultureInfo.InvariantCulture));
                return null;
            case CelKind.Timestamp or CelKind.Duration or CelKind.Type or CelKind.Null or CelKind.Bool or CelKind.Int:
                result.Append(arg.ToString());
                return null;
            case CelKind.List:
                return AppendItems(result, '[', ']', arg.Items.Select(item => (CelValue.Null, item)), keys: false);
            case CelKind.Map:
                var sorted = arg.Entries.Select(entry => (entry.Key, entry.Value)).OrderBy(entry => KeyText(entry.Key), StringComparer.Ordinal);
                return AppendItems(result, '{', '}', sorted, keys: true);
            default:
                return $"string clause cannot be used on {arg.Type.Name}";
        }
    }

    private static string KeyText(in CelValue key) => key.Kind == CelKind.String ? key.Text : key.ToString().TrimEnd('u');

    private static string? AppendItems(
        StringBuilder result, char open, char close, IEnumerable<(CelValue Key, CelValue Value)> items, bool keys)
    {
        result.Append(open);
        var first = true;
        foreach (var (key, value) in items)
        {
            result.Append(first ? "" : ", ").Append(keys ? $"{KeyText(key)}: " : "");
            first = false;
            if (result.Length > Longest || AppendText(result, value) is not null)
            {
                return result.Length > Longest ? null : "a value inside cannot be written as text";
            }
        }

        result.Append(close);
        return null;
    }
}
