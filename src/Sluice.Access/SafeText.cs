namespace Sluice.Access;

/// <summary>Makes names fit for one line of a log or message: a group's name may have anything in it.</summary>
internal static class SafeText
{
    private const int MaxLength = 300;

    /// <summary>Control characters and halves of surrogate pairs become <c>?</c>; long text is cut.</summary>
    public static string Of(string text)
    {
        var length = Math.Min(text.Length, MaxLength);
        if (length == text.Length && !text.AsSpan().ContainsAnyInRange('\0', '\u001f') && !text.AsSpan().ContainsAnyInRange('\u007f', '\u009f')
            && !text.AsSpan().ContainsAnyInRange('\u2028', '\u2029') && !text.AsSpan().ContainsAnyInRange('\ud800', '\udfff'))
        {
            return text;
        }

        var safe = string.Create(length, text, static (span, from) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                span[i] = char.IsControl(from[i]) || from[i] is '\u2028' or '\u2029' || char.IsSurrogate(from[i]) ? '?' : from[i];
            }
        });
        return text.Length > MaxLength ? safe + "…" : safe;
    }
}
