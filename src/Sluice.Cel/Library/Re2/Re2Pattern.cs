using System.Text.RegularExpressions;

namespace Sluice.Cel.Library.Re2;

/// <summary>A compiled pattern of <c>matches</c>: RE2 syntax, unanchored, in time linear in the text.</summary>
internal sealed class Re2Pattern
{
    // Time is linear in the text whatever the pattern, and texts are bounded: this is a second belt. It is wide, because a pause of
    // the machine must not make a match an error.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);
    private static volatile Re2Pattern? _last;

    private readonly string _source;
    private readonly Regex _regex;
    private readonly Alphabet _alphabet;

    private Re2Pattern(string source, Regex regex, Alphabet alphabet)
    {
        _source = source;
        _regex = regex;
        _alphabet = alphabet;
    }

    /// <summary>Matches against a pattern that is only known now; the last one is kept.</summary>
    public static CelValue IsMatch(string text, string pattern, int maxLength)
    {
        var compiled = _last;
        if (compiled?._source != pattern || pattern.Length > maxLength)
        {
            if (!TryCompile(pattern, maxLength, out compiled, out var fault))
            {
                return CelValue.Fail(fault);
            }

            _last = compiled;
        }

        return compiled!.IsMatch(text);
    }

    public CelValue IsMatch(string text)
    {
        try
        {
            return CelValue.Of(_regex.IsMatch(_alphabet.Spell(text)));
        }
        catch (RegexMatchTimeoutException)
        {
            return CelValue.Fail("the pattern took too long");
        }
    }

    public static bool TryCompile(string pattern, int maxLength, out Re2Pattern? compiled, out string fault)
    {
        compiled = null;
        if (pattern.Length > maxLength)
        {
            fault = $"a pattern may have at most {maxLength} characters";
            return false;
        }

        if (Re2Syntax.Translate(pattern, out var translated, out var alphabet) is { } refused)
        {
            fault = $"invalid pattern: {refused}";
            return false;
        }

        try
        {
            var regex = new Regex(translated, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, Longest);
            compiled = new Re2Pattern(pattern, regex, alphabet);
            fault = "";
            return true;
        }
        catch (Exception refusal) when (refusal is ArgumentException or NotSupportedException)
        {
            fault = "the pattern is too large";
            return false;
        }
    }
}
