using System.Globalization;
using System.Text;

namespace Sluice.Cli.Output;

/// <summary>Text from elsewhere, made fit for a terminal: a display name must not move the cursor or recolour the screen.</summary>
internal static class PrintableText
{
    /// <summary>Control characters and characters that reorder text become visible escapes.</summary>
    public static string Of(string text)
    {
        if (!text.Any(IsUnfit))
        {
            return text;
        }

        var result = new StringBuilder(text.Length + 16);
        foreach (var c in text)
        {
            _ = c switch
            {
                '\n' => result.Append("\\n"),
                '\r' => result.Append("\\r"),
                '\t' => result.Append("\\t"),
                _ when IsUnfit(c) => result.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => result.Append(c),
            };
        }

        return result.ToString();
    }

    private static bool IsUnfit(char c) => char.IsControl(c) || CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.Format
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
