using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;

namespace Sluice.Identity.Tokens;

/// <summary>
/// JSON objects without room for two readings: valid UTF-8 without a byte order mark, no member named twice (RFC 8725 §2.6 and RFC 7519 §4 leave
/// the choice to the reader; ours is to refuse), no lone surrogates, bounded depth.
/// </summary>
internal static class StrictJson
{
    public const int MaxDepth = 16;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = MaxDepth, AllowDuplicateProperties = false };

    /// <summary>The object, or null. The document reads from <paramref name="utf8"/>: do not change it.</summary>
    public static JsonDocument? ParseObject(ReadOnlyMemory<byte> utf8)
    {
        if (!Utf8.IsValid(utf8.Span) || HasLoneSurrogate(utf8.Span))
        {
            return null;
        }

        try
        {
            var document = JsonDocument.Parse(utf8, Options);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                return document;
            }

            document.Dispose();
            return null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // Escapes are looked at before anything unescapes them. In JSON a backslash occurs only inside strings, so strings need not be found first.
    private static bool HasLoneSurrogate(ReadOnlySpan<byte> utf8)
    {
        for (var at = utf8.IndexOf((byte)'\\'); at >= 0 && at + 1 < utf8.Length;)
        {
            var unit = UnitAt(utf8, at);
            if (char.IsLowSurrogate((char)unit))
            {
                return true;
            }

            at += unit < 0 ? 2 : 6;
            if (char.IsHighSurrogate((char)unit))
            {
                if (at + 1 >= utf8.Length || !char.IsLowSurrogate((char)UnitAt(utf8, at)))
                {
                    return true;
                }

                at += 6;
            }

            var next = at < utf8.Length ? utf8[at..].IndexOf((byte)'\\') : -1;
            at = next < 0 ? -1 : at + next;
        }

        return false;
    }

    // The UTF-16 unit that the escape at this place stands for; −1 when it is another kind of escape, or none.
    private static int UnitAt(ReadOnlySpan<byte> utf8, int at) =>
        at + 6 <= utf8.Length && utf8[at] == '\\' && utf8[at + 1] == 'u'
        && int.TryParse(utf8.Slice(at + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit)
            ? unit
            : -1;
}
