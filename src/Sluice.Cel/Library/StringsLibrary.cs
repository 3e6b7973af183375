using System.Text;
using Sluice.Cel.Values;

namespace Sluice.Cel.Library;

/// <summary>Text functions; positions count code points.</summary>
internal static class StringsLibrary
{
    private static readonly CelType S = CelType.String;
    private static readonly CelType I = CelType.Int;

    public static Dictionary<string, CelOverload[]> Functions { get; } = new FunctionTable()
        .Member("charAt", S, args => CharAt(args[0].Text, args[1].IntBits), S, I)
        .Member("indexOf", I, args => IndexOf(args[0].Text, args[1].Text, 0), S, S)
        .Member("indexOf", I, args => IndexOf(args[0].Text, args[1].Text, args[2].IntBits), S, S, I)
        .Member("lastIndexOf", I, args => LastIndexOf(args[0].Text, args[1].Text, null), S, S)
        .Member("lastIndexOf", I, args => LastIndexOf(args[0].Text, args[1].Text, args[2].IntBits), S, S, I)
        .Member("lowerAscii", S, args => CelValue.Of(MapAscii(args[0].Text, char.ToLowerInvariant)), S)
        .Member("replace", S, args => Replace(args[0].Text, args[1].Text, args[2].Text, -1), S, S, S)
        .Member("replace", S, args => Replace(args[0].Text, args[1].Text, args[2].Text, args[3].IntBits), S, S, S, I)
        .Member("reverse", S, args => CelValue.Of(string.Concat(args[0].Text.EnumerateRunes().Reverse())), S)
        .Member("split", CelType.List(S), args => Split(args[0].Text, args[1].Text, -1), S, S)
        .Member("split", CelType.List(S), args => Split(args[0].Text, args[1].Text, args[2].IntBits), S, S, I)
        .Member("substring", S, args => Substring(args[0].Text, args[1].IntBits, null), S, I)
        .Member("substring", S, args => Substring(args[0].Text, args[1].IntBits, args[2].IntBits), S, I, I)
        .Member("trim", S, args => CelValue.Of(args[0].Text.Trim()), S)
        .Member("upperAscii", S, args => CelValue.Of(MapAscii(args[0].Text, char.ToUpperInvariant)), S)
        .Member("join", S, args => Join(args[0], ""), CelType.List(S))
        .Member("join", S, args => Join(args[0], args[1].Text), CelType.List(S), S)
        .Member("format", S, args => Formatting.Format(args[0].Text, args[1]), S, CelType.List(CelType.Dyn))
        .Global("strings.quote", S, args => CelValue.Of(Quote(args[0].Text)), S)
        .Build();

    private static string MapAscii(string text, Func<char, char> map) =>
        string.Create(text.Length, (text, map), static (to, from) =>
        {
            for (var i = 0; i < to.Length; i++)
            {
                to[i] = char.IsAscii(from.text[i]) ? from.map(from.text[i]) : from.text[i];
            }
        });

    private static Rune[] Runes(string text) => [.. text.EnumerateRunes()];

    private static CelValue OutOfRange(long index) => CelValue.Fail($"index out of range: {index}");

    private static CelValue CharAt(string text, long index)
    {
        var runes = Runes(text);
        return index < 0 || index > runes.Length ? OutOfRange(index) : CelValue.Of(index == runes.Length ? "" : runes[index].ToString());
    }

    private static CelValue IndexOf(string text, string wanted, long from)
    {
        var (runes, sought) = (Runes(text), Runes(wanted));
        if (from < 0 || from > runes.Length)
        {
            return OutOfRange(from);
        }

        var found = runes.AsSpan((int)from).IndexOf(sought);
        return CelValue.Of(found < 0 ? -1L : found + from);
    }

    private static CelValue LastIndexOf(string text, string wanted, long? from)
    {
        var (runes, sought) = (Runes(text), Runes(wanted));
        if (from is < 0 || from > runes.Length)
        {
            return OutOfRange(from.Value);
        }

        var start = Math.Min(from ?? runes.Length, runes.Length - sought.Length);
        return CelValue.Of(start < 0 ? -1L
            : sought.Length == 0 ? start
            : runes.AsSpan(0, (int)start + sought.Length).LastIndexOf(sought));
    }

    private static CelValue Substring(string text, long start, long? end)
    {
        var runes = Runes(text);
        var last = end ?? runes.Length;
        if (start < 0 || start > runes.Length)
        {
            return OutOfRange(start);
        }

        return last < 0 || last > runes.Length ? OutOfRange(last)
            : start > last ? CelValue.Fail($"invalid substring range. start: {start}, end: {last}")
            : CelValue.Of(string.Concat(runes[(int)start..(int)last]));
    }

    // 1 MiB is the default of CelLimits.MaxStringLength: a library function does not see the program's own limits.
    private static CelValue Replace(string text, string old, string by, long limit)
    {
        const int Longest = 1024 * 1024;
        var result = new StringBuilder();
        var position = 0;
        for (var done = 0L; limit < 0 || done < limit; done++)
        {
            if (result.Length > Longest)
            {
                return CelValue.Fail(ErrorValues.StringLength);
            }

            var found = text.IndexOf(old, position, StringComparison.Ordinal);
            if (found < 0)
            {
                break;
            }

            result.Append(text, position, found - position).Append(by);
            position = found + old.Length;
            if (old.Length == 0)
            {
                if (position >= text.Length)
                {
                    break;
                }

                var width = char.IsSurrogatePair(text, position) ? 2 : 1;
                result.Append(text, position, width);
                position += width;
            }
        }

        return CelValue.Of(result.Append(text, position, text.Length - position).ToString());
    }

    private static CelValue Split(string text, string separator, long limit)
    {
        if (limit == 0)
        {
            return CelValue.Of(CelList.Empty);
        }

        IEnumerable<string> parts;
        if (separator.Length == 0)
        {
            var runes = Runes(text);
            var single = limit < 0 || limit > runes.Length ? runes.Length : (int)limit - 1;
            var rest = string.Concat(runes[single..]);
            parts = runes[..single].Select(rune => rune.ToString()).Concat(rest.Length > 0 ? [rest] : []);
        }
        else
        {
            parts = text.Split(separator, limit < 0 || limit > int.MaxValue ? int.MaxValue : (int)limit);
        }

        return CelValue.List(parts.Select(CelValue.Of));
    }

    private static CelValue Join(in CelValue list, string separator)
    {
        var result = new StringBuilder();
        for (var i = 0; i < list.Items.Count; i++)
        {
            var item = list.Items[i];
            if (item.Kind != CelKind.String || result.Length > 1024 * 1024)
            {
                return CelValue.Fail(item.Kind != CelKind.String ? ErrorValues.NoOverload : ErrorValues.StringLength);
            }

            result.Append(i == 0 ? "" : separator).Append(item.Text);
        }

        return CelValue.Of(result.ToString());
    }

    private static string Quote(string text)
    {
        var result = new StringBuilder("\"");
        foreach (var c in text)
        {
            result.Append(c switch
            {
                '\a' => "\\a",
                '\b' => "\\b",
                '\f' => "\\f",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                '\v' => "\\v",
                '\\' => "\\\\",
                '"' => "\\\"",
                _ => c.ToString(),
            });
        }

        return result.Append('"').ToString();
    }
}
