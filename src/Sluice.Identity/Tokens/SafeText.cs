using System.Text;

namespace Sluice.Identity.Tokens;

/// <summary>Makes text from outside fit for one line of a log.</summary>
internal static class SafeText
{
    private const int MaxLength = 200;

    /// <summary>Printable ASCII stays, everything else becomes <c>?</c>; long text is cut.</summary>
    public static string Of(string text)
    {
        var length = Math.Min(text.Length, MaxLength);
        var safe = new StringBuilder(length + 1);
        foreach (var character in text.AsSpan(0, length))
        {
            safe.Append(character is >= ' ' and <= '~' ? character : '?');
        }

        return text.Length > MaxLength ? safe.Append('…').ToString() : safe.ToString();
    }
}
