using System.Text.RegularExpressions;

namespace Sluice.Cel.Library;

/// <summary>Patterns of <c>matches</c>: RE2 syntax, unanchored, in time linear in the text.</summary>
internal static class Patterns
{
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(50);
    private static (string Pattern, Regex Regex)? _last;

    public static CelValue IsMatch(string text, string pattern)
    {
        var last = _last;
        if (last is null || last.Value.Pattern != pattern)
        {
            if (!TryCompile(pattern, 1000, out var regex, out var fault))
            {
                return CelValue.Fail(fault);
            }

            _last = last = (pattern, regex!);
        }

        return IsMatch(last.Value.Regex, text);
    }

    public static CelValue IsMatch(Regex regex, ReadOnlySpan<char> text)
    {
        try
        {
            return CelValue.Of(regex.IsMatch(text));
        }
        catch (RegexMatchTimeoutException)
        {
            return CelValue.Fail("the pattern took too long");
        }
    }

    public static bool TryCompile(string pattern, int maxLength, out Regex? regex, out string fault)
    {
        regex = null;
        if (pattern.Length > maxLength)
        {
            fault = $"a pattern may have at most {maxLength} characters";
            return false;
        }

        if (Re2Syntax.Translate(pattern, out var translated) is { } refused)
        {
            fault = $"invalid pattern: {refused}";
            return false;
        }

        try
        {
            regex = new Regex(translated, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, Longest);
            fault = "";
            return true;
        }
        catch (Exception refusal) when (refusal is ArgumentException or NotSupportedException)
        {
            fault = "invalid pattern: it is not RE2 syntax, or too large";
            return false;
        }
    }
}
