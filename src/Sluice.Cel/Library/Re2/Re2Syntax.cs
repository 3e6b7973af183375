using System.Globalization;
using System.Text;

namespace Sluice.Cel.Library.Re2;

/// <summary>Turns an RE2 pattern into the .NET pattern that matches the same texts, or says why it is refused.</summary>
/// <remarks>
/// https://github.com/google/re2/wiki/Syntax. Only whether a text matches is of interest, so greediness and captures are dropped.
/// Refused, as in RE2: look-around, back-references, possessive and nested repetition, <c>\C</c>, counts above 1000.
/// </remarks>
internal sealed partial class Re2Syntax
{
    private const int HighestCount = 1000;
    private const int DeepestGroup = 250;

    private readonly string _pattern;
    private readonly StringBuilder _result = new();
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly Alphabet _alphabet;
    private int _position;
    private int _depth;
    private Flags _flags;
    private string? _fault;

    private Re2Syntax(string pattern, Alphabet alphabet)
    {
        _pattern = pattern;
        _alphabet = alphabet;
    }

    [Flags]
    private enum Flags
    {
        None = 0,
        IgnoreCase = 1,
        MultiLine = 2,
        DotAll = 4,
    }

    private bool AtEnd => _position >= _pattern.Length;

    /// <returns>Why the pattern is refused; null when it is fine.</returns>
    public static string? Translate(string pattern, out string translated, out Alphabet alphabet)
    {
        alphabet = HasWordBoundary(pattern) ? Alphabet.AsciiWords : Alphabet.Utf16;
        var syntax = new Re2Syntax(pattern, alphabet);
        syntax.ParseAlternatives();
        if (syntax._fault is null && !syntax.AtEnd)
        {
            syntax.Fail("a ')' has no '('");
        }

        translated = syntax._result.ToString();
        return syntax._fault;
    }

    private static bool HasWordBoundary(string pattern)
    {
        for (var i = 0; i + 1 < pattern.Length; i++)
        {
            if (pattern[i] == '\\' && pattern[++i] is 'b' or 'B')
            {
                return true;
            }
        }

        return false;
    }

    /// <returns>The product of the counts inside, at most.</returns>
    private int ParseAlternatives()
    {
        var most = 1;
        while (_fault is null)
        {
            most = Math.Max(most, ParseSequence());
            if (AtEnd || _pattern[_position] != '|')
            {
                break;
            }

            _position++;
            _result.Append('|');
        }

        return most;
    }

    private int ParseSequence()
    {
        var most = 1;
        while (_fault is null && !AtEnd && _pattern[_position] is not ('|' or ')'))
        {
            if (_pattern.AsSpan(_position).StartsWith("\\Q"))
            {
                ParseQuoted();
                continue;
            }

            var start = _result.Length;
            var count = ParseAtom(out var isAtom);
            if (_fault is null && isAtom)
            {
                count = ParseRepetition(start, count);
            }

            most = Math.Max(most, count);
        }

        return most;
    }

    // \Q…\E: literal text. A repetition after it takes the last character.
    private void ParseQuoted()
    {
        _position += 2;
        while (!AtEnd && _fault is null)
        {
            if (_pattern.AsSpan(_position).StartsWith("\\E"))
            {
                _position += 2;
                return;
            }

            var start = _result.Length;
            AppendLiteral(TakeCodePoint());
            if (_pattern.AsSpan(_position).StartsWith("\\E"))
            {
                _position += 2;
                ParseRepetition(start, 1);
                return;
            }
        }
    }

    private int ParseAtom(out bool isAtom)
    {
        isAtom = true;
        var c = _pattern[_position];
        switch (c)
        {
            case '(':
                return ParseGroup(out isAtom);
            case '[':
                Append(ParseClass());
                return 1;
            case '.':
                _position++;
                _alphabet.Append(_result, _flags.HasFlag(Flags.DotAll) ? CodePointSet.All : CodePointSet.AllButNewline);
                return 1;
            case '^':
                _position++;
                _result.Append(_flags.HasFlag(Flags.MultiLine) ? "(?m:^)" : @"\A");
                return 1;
            case '$':
                _position++;
                _result.Append(_flags.HasFlag(Flags.MultiLine) ? "(?m:$)" : @"\z");
                return 1;
            case '*' or '+' or '?':
                Fail($"nothing stands before the repetition '{c}'");
                return 1;
            case '\\':
                ParseEscape();
                return 1;
            default:
                AppendLiteral(TakeCodePoint());
                return 1;
        }
    }

    private int ParseGroup(out bool isAtom)
    {
        isAtom = true;
        var outer = _flags;
        _position++;
        if (!AtEnd && _pattern[_position] == '?' && !TakeGroupHead(out isAtom))
        {
            return 1;
        }

        if (!isAtom)
        {
            return 1;
        }

        if (++_depth > DeepestGroup)
        {
            Fail($"groups are nested more than {DeepestGroup} levels deep");
            return 1;
        }

        _result.Append("(?:");
        var most = ParseAlternatives();
        if (AtEnd)
        {
            Fail("a '(' has no ')'");
            return most;
        }

        _position++;
        _depth--;
        _result.Append(')');
        _flags = outer;
        return most;
    }

    /// <summary>What follows <c>(?</c>. <paramref name="opens"/>: false for <c>(?i)</c>, which only sets flags.</summary>
    private bool TakeGroupHead(out bool opens)
    {
        opens = true;
        var rest = _pattern.AsSpan(_position);
        if (rest.StartsWith("?P<") || (rest.StartsWith("?<") && !rest.StartsWith("?<=") && !rest.StartsWith("?<!")))
        {
            var start = _position + (rest[1] == 'P' ? 3 : 2);
            var end = _pattern.IndexOf('>', start);
            var name = end < 0 ? "" : _pattern[start..end];
            if (name.Length == 0 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') || !_names.Add(name))
            {
                return Fail("a group's name is missing, used twice, or holds more than letters, digits and '_'");
            }

            _position = end + 1;
            return true;
        }

        var negative = false;
        var sawFlag = false;
        for (_position++; !AtEnd; _position++)
        {
            var flag = _pattern[_position] switch { 'i' => Flags.IgnoreCase, 'm' => Flags.MultiLine, 's' => Flags.DotAll, _ => Flags.None };
            switch (_pattern[_position])
            {
                case 'i' or 'm' or 's' or 'U':
                    _flags = negative ? _flags & ~flag : _flags | flag;
                    sawFlag = true;
                    break;
                case '-' when !negative:
                    negative = true;
                    sawFlag = false;
                    break;
                case ':' or ')' when !negative || sawFlag:
                    opens = _pattern[_position] == ':';
                    _position++;
                    return true;
                default:
                    return Fail("this kind of group is refused: RE2 has no look-around, atomic groups, comments or back-references");
            }
        }

        return Fail("a '(' has no ')'");
    }

    private int ParseRepetition(int start, int inner)
    {
        var repeated = false;
        while (_fault is null && !AtEnd)
        {
            var at = _position;
            if (!TryTakeCount(out var suffix, out var count))
            {
                break;
            }

            if (repeated)
            {
                Fail($"the repetition '{_pattern[at..Math.Min(_position, _pattern.Length)]}' follows another: RE2 has no possessive or nested repetition");
                return inner;
            }

            repeated = true;

            // Reluctant repetition matches the same texts.
            if (!AtEnd && _pattern[_position] == '?')
            {
                _position++;
            }

            if (count > HighestCount || (long)count * inner > HighestCount)
            {
                Fail($"a repetition counts higher than {HighestCount}");
                return inner;
            }

            _result.Insert(start, "(?:").Append(')').Append(suffix);
            inner = Math.Max(1, count) * inner;
        }

        return inner;
    }

    /// <summary><c>* + ? {n} {n,} {n,m}</c>; a brace of another form is a plain character.</summary>
    private bool TryTakeCount(out string suffix, out int count)
    {
        suffix = "";
        count = 1;
        var c = _pattern[_position];
        if (c is '*' or '+' or '?')
        {
            _position++;
            suffix = c.ToString();
            return true;
        }

        var end = c == '{' ? _pattern.IndexOf('}', _position) : -1;
        if (end < 0)
        {
            return false;
        }

        var body = _pattern.AsSpan(_position + 1, end - _position - 1);
        var comma = body.IndexOf(',');
        var low = comma < 0 ? body : body[..comma];
        var high = comma < 0 ? low : body[(comma + 1)..];
        if (!TryCount(low, out var from) || (!high.IsEmpty && !TryCount(high, out _)))
        {
            return false;
        }

        var to = from;
        if (!high.IsEmpty)
        {
            TryCount(high, out to);
        }

        _position = end + 1;
        if (to < from)
        {
            Fail("a repetition's bounds are in the wrong order");
            return true;
        }

        count = Math.Max(from, to);
        suffix = comma < 0 ? $"{{{from}}}" : high.IsEmpty ? $"{{{from},}}" : $"{{{from},{to}}}";
        return true;
    }

    private static bool TryCount(ReadOnlySpan<char> digits, out int count)
    {
        count = 0;
        if (digits.IsEmpty || digits.ContainsAnyExceptInRange('0', '9') || (digits.Length > 1 && digits[0] == '0'))
        {
            return false;
        }

        count = digits.Length > 4 ? HighestCount + 1 : int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
        return true;
    }

    private int TakeCodePoint()
    {
        Rune.DecodeFromUtf16(_pattern.AsSpan(_position), out var rune, out var length);
        _position += length;
        return rune.Value;
    }

    private void AppendLiteral(int codePoint) => Append(Fold(CodePointSet.Of((codePoint, codePoint))));

    private void Append(CodePointSet set) => _alphabet.Append(_result, set);

    private CodePointSet Fold(CodePointSet set) => _flags.HasFlag(Flags.IgnoreCase) ? set.FoldCase() : set;

    private bool Fail(string reason)
    {
        _fault ??= reason;
        _position = _pattern.Length;
        return false;
    }
}
