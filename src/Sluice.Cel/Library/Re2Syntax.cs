using System.Text;

namespace Sluice.Cel.Library;

/// <summary>Turns an RE2 pattern into the .NET pattern that means the same, or says why not.</summary>
/// <remarks>https://github.com/google/re2/wiki/Syntax. Look-around and back-references are refused by the engine as well.</remarks>
internal static class Re2Syntax
{
    /// <returns>Why the pattern is refused; null when it is fine.</returns>
    public static string? Translate(string pattern, out string translated)
    {
        var result = new StringBuilder(pattern.Length + 8);
        translated = "";
        var inClass = false;
        for (var i = 0; i < pattern.Length; i++)
        {
            var c = pattern[i];
            if (c == '\\')
            {
                if (++i >= pattern.Length)
                {
                    return "it ends with a backslash";
                }

                var escape = pattern[i] switch
                {
                    'd' => inClass ? "0-9" : "[0-9]",
                    'w' => inClass ? "0-9A-Za-z_" : "[0-9A-Za-z_]",
                    's' => inClass ? "\\t\\n\\f\\r " : "[\\t\\n\\f\\r ]",
                    'D' when !inClass => "[^0-9]",
                    'W' when !inClass => "[^0-9A-Za-z_]",
                    'S' when !inClass => "[^\\t\\n\\f\\r ]",
                    'z' or 'A' or 'b' or 'B' when !inClass => $"\\{pattern[i]}",
                    'a' or 'f' or 'n' or 'r' or 't' or 'v' or 'x' or 'p' or 'P' => $"\\{pattern[i]}",
                    var plain when !char.IsAsciiLetterOrDigit(plain) => $"\\{plain}",
                    _ => null,
                };
                if (escape is null)
                {
                    return $"'\\{pattern[i]}' is not supported";
                }

                result.Append(escape);
            }
            else if (inClass)
            {
                // '-[' would subtract a class in .NET.
                inClass = c != ']' || pattern[i - 1] == '[' || (pattern[i - 1] == '^' && pattern[i - 2] == '[');
                result.Append(c == '[' || (c == ']' && inClass) ? $"\\{c}" : c.ToString());
            }
            else if (c == '(' && i + 1 < pattern.Length && pattern[i + 1] == '?')
            {
                var rest = pattern.AsSpan(i + 2);
                if (rest.StartsWith("P<"))
                {
                    result.Append("(?<");
                    i += 3;
                }
                else if (rest.StartsWith(":") || rest.StartsWith("i)") || rest.StartsWith("s)") || rest.StartsWith("i:") || rest.StartsWith("s:"))
                {
                    result.Append(c);
                }
                else
                {
                    return "this kind of group is not supported: look-around and flags other than i and s";
                }
            }
            else
            {
                inClass = c == '[';
                result.Append(c == '$' ? "\\z" : c.ToString());
            }
        }

        translated = result.ToString();
        return null;
    }
}
