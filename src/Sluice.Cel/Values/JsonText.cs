using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Sluice.Cel.Values;

/// <summary>Strings inside JSON, read in place.</summary>
/// <remarks>HOT. Nothing here throws for what the JSON holds, and nothing allocates but <see cref="Decode"/>.</remarks>
internal static class JsonText
{
    /// <summary>The text as it stands in the document, when that needs no unescaping.</summary>
    public static bool TryGetPlain(in JsonElement json, out ReadOnlySpan<byte> utf8)
    {
        var raw = JsonMarshal.GetRawUtf8Value(json);
        utf8 = raw[1..^1];
        return !utf8.Contains((byte)'\\');
    }

    public static bool EqualTo(in JsonElement json, ReadOnlySpan<byte> utf8)
    {
        try
        {
            return json.ValueEquals(utf8);
        }
        catch (InvalidOperationException)
        {
            return false; // Half of a surrogate pair in an escape: no text that a program can hold equals it.
        }
    }

    public static bool EqualTo(in JsonElement json, string text)
    {
        try
        {
            return json.ValueEquals(text);
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    public static bool AreEqual(in JsonElement left, in JsonElement right) =>
        TryGetPlain(left, out var first) && TryGetPlain(right, out var second)
            ? first.SequenceEqual(second)
            : string.Equals(Decode(left), Decode(right), StringComparison.Ordinal);

    /// <summary>Allocates. Text that is not valid Unicode comes out with U+FFFD in the bad places.</summary>
    public static string Decode(in JsonElement json)
    {
        try
        {
            return json.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return DecodeInvalid(JsonMarshal.GetRawUtf8Value(json)[1..^1]);
        }
    }

    public static bool TryGetProperty(in JsonElement json, ReadOnlySpan<byte> name, out JsonElement value)
    {
        try
        {
            return json.TryGetProperty(name, out value);
        }
        catch (InvalidOperationException)
        {
            value = default; // Some other name is not valid Unicode.
            return false;
        }
    }

    public static bool TryGetProperty(in JsonElement json, string name, out JsonElement value)
    {
        try
        {
            return json.TryGetProperty(name, out value);
        }
        catch (InvalidOperationException)
        {
            value = default;
            return false;
        }
    }

    private static string DecodeInvalid(ReadOnlySpan<byte> utf8)
    {
        var text = Encoding.UTF8.GetString(utf8);
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\')
            {
                result.Append(text[i]);
                continue;
            }

            i++;
            result.Append(text[i] switch
            {
                'b' => '\b',
                'f' => '\f',
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                'u' => (char)Convert.ToUInt16(text.Substring(i + 1, 4), 16),
                _ => text[i],
            });
            i += text[i] == 'u' ? 4 : 0;
        }

        // A round trip through UTF-8 replaces what is left of halves of surrogate pairs.
        return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(result.ToString()));
    }
}
