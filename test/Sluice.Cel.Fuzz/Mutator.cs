using System.Text;

namespace Sluice.Cel.Fuzz;

/// <summary>Damages expressions, and makes text from nothing.</summary>
internal sealed class Mutator(FuzzRandom random)
{
    private static readonly string[] Pieces =
    [
        "(", ")", "[", "]", "{", "}", ".", ",", ":", "?", "+", "-", "*", "/", "%", "!", "&&", "||", "==", "!=", "<", "<=", ">", ">=", " in ", "=", "&", "|",
        "'", "\"", "'''", "\"\"\"", "\\", "\\x", "\\u", "\\U", "b'", "r'", "br\"", "`", "//", "\n", "\t", "\0", "\u00e9", "\u2028", "\ud83d", "\ude00", "\ud83d\ude00",
        "0x", "1e", "1e309", "9223372036854775808", "18446744073709551616u", "0", "u", "-9223372036854775808", ".5",
        "claims", ".?", "[?", "has(", "all(", "exists(x, ", "map(x, ", "cel.bind(", "optional.of(", "matches(", "true", "false", "null", "in", "as", "while",
    ];

    public string Mutate(string source)
    {
        var text = new StringBuilder(source);
        for (var edits = 1 + random.Next(3); edits > 0; edits--)
        {
            var at = random.Next(text.Length + 1);
            switch (random.Next(5))
            {
                case 0 when at < text.Length:
                    text.Remove(at, Math.Min(text.Length - at, 1 + random.Next(4)));
                    break;
                case 1 when at < text.Length:
                    text[at] = (char)(random.OneIn(4) ? random.Next(0x10000) : ' ' + random.Next(95));
                    break;
                case 2 when text.Length > 1:
                    var from = random.Next(text.Length);
                    text.Insert(at, text.ToString(from, Math.Min(text.Length - from, 1 + random.Next(12))));
                    break;
                case 3 when at < text.Length:
                    (text[at], text[^1]) = (text[^1], text[at]);
                    break;
                default:
                    text.Insert(at, random.Pick<string>(Pieces));
                    break;
            }
        }

        return text.ToString();
    }

    public string Raw()
    {
        switch (random.Next(3))
        {
            case 0:
                var octets = new byte[random.Next(40)];
                for (var i = 0; i < octets.Length; i++)
                {
                    octets[i] = (byte)random.Next(256);
                }

                return random.OneIn(2) ? Encoding.UTF8.GetString(octets) : Encoding.Latin1.GetString(octets);
            case 1:
                var text = new StringBuilder();
                for (var count = random.Next(12); count > 0; count--)
                {
                    text.Append(random.Pick<string>(Pieces));
                }

                return text.ToString();
            default:
                return string.Create(random.Next(24), random, static (span, random) =>
                {
                    foreach (ref var c in span)
                    {
                        c = (char)(random.OneIn(8) ? random.Next(0x10000) : random.Next(128));
                    }
                });
        }
    }
}
