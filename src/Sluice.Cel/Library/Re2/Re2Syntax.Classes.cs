using System.Globalization;

namespace Sluice.Cel.Library.Re2;

// Escapes and bracket classes.
internal sealed partial class Re2Syntax
{
    private void ParseEscape()
    {
        var c = _position + 1 < _pattern.Length ? _pattern[_position + 1] : '\0';
        switch (c)
        {
            case 'A' or 'z' or 'b' or 'B':
                _position += 2;
                _result.Append('\\').Append(c);
                return;
            case 'C':
                Fail(@"'\C' (a single byte) is refused");
                return;
            case 'E':
                _position += 2; // The end of a quotation that never began: nothing.
                return;
            default:
                if (TakeClassEscape() is { } set)
                {
                    Append(set);
                }
                else if (_fault is null && TakeCharacterEscape() is >= 0 and var codePoint)
                {
                    Append(Fold(CodePointSet.Of((codePoint, codePoint))));
                }

                return;
        }
    }

    /// <summary><c>\d \D \s \S \w \W \pN \p{Greek} \P…</c>; null when something else stands here, or after a fault.</summary>
    private CodePointSet? TakeClassEscape()
    {
        var c = _position + 1 < _pattern.Length ? _pattern[_position + 1] : '\0';
        var perl = c switch
        {
            'd' or 'D' => UnicodeSets.Digit,
            's' or 'S' => UnicodeSets.Space,
            'w' or 'W' => UnicodeSets.Word,
            _ => null,
        };
        if (perl is not null)
        {
            _position += 2;
            perl = Fold(perl);
            return char.IsAsciiLetterUpper(c) ? perl.Negate() : perl;
        }

        if (c is not ('p' or 'P'))
        {
            return null;
        }

        var start = _position + 2;
        var isBraced = start < _pattern.Length && _pattern[start] == '{';
        var end = isBraced ? _pattern.IndexOf('}', start) : start + 1;
        if (end < 0 || end > _pattern.Length)
        {
            Fail($"'\\{c}' needs the name of a Unicode class");
            return null;
        }

        var name = isBraced ? _pattern[(start + 1)..end] : _pattern[start..end];
        var negated = name.StartsWith('^');
        if (UnicodeSets.Property(negated ? name[1..] : name) is not { } set)
        {
            Fail($"there is no Unicode class '{(name.Length > 20 ? "…" : name)}'");
            return null;
        }

        _position = isBraced ? end + 1 : end;
        set = Fold(set);
        return negated != (c == 'P') ? set.Negate() : set;
    }

    /// <returns>The code point that the escape stands for; -1 after a fault.</returns>
    private int TakeCharacterEscape()
    {
        var c = _position + 1 < _pattern.Length ? _pattern[_position + 1] : '\0';
        _position += 2;
        switch (c)
        {
            case 'a':
                return '\a';
            case 'f':
                return '\f';
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 't':
                return '\t';
            case 'v':
                return '\v';
            case 'x':
                return TakeHex();
            case >= '1' and <= '7' when AtEnd || _pattern[_position] is < '0' or > '7':
                Fail($"'\\{c}' is a back-reference, which RE2 has not");
                return -1;
            case >= '0' and <= '7':
                var code = c - '0';
                for (var i = 0; i < 2 && !AtEnd && _pattern[_position] is >= '0' and <= '7'; i++)
                {
                    code = (code * 8) + (_pattern[_position++] - '0');
                }

                return code;
            case '\0':
                Fail("it ends with a backslash");
                return -1;
            case < (char)0x80 when !char.IsAsciiLetterOrDigit(c):
                return c;
            default:
                Fail($"'\\{c}' is not an escape of RE2");
                return -1;
        }
    }

    private int TakeHex()
    {
        var isBraced = !AtEnd && _pattern[_position] == '{';
        var end = isBraced ? _pattern.IndexOf('}', _position) : Math.Min(_position + 2, _pattern.Length);
        var digits = end < 0 ? "" : _pattern[(_position + (isBraced ? 1 : 0))..end];
        if (digits.Length is 0 or > 8 || (!isBraced && digits.Length != 2)
            || !int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)
            || code is < 0 or > CodePointSet.Highest)
        {
            Fail(@"'\x' needs two hexadecimal digits, or a code point in braces");
            return -1;
        }

        _position = isBraced ? end + 1 : end;
        return code;
    }

    // [a-z\d[:alpha:]]; ']' is plain when it comes first, '-' when it cannot be a range.
    private CodePointSet ParseClass()
    {
        _position++;
        var negated = !AtEnd && _pattern[_position] == '^';
        _position += negated ? 1 : 0;
        var ranges = new List<(int, int)>();
        for (var isFirst = true; _fault is null; isFirst = false)
        {
            if (AtEnd)
            {
                Fail("a '[' has no ']'");
                break;
            }

            if (_pattern[_position] == ']' && !isFirst)
            {
                _position++;
                break;
            }

            ParseClassItem(ranges);
        }

        var set = Fold(CodePointSet.Of(ranges));
        return negated ? set.Negate() : set;
    }

    private void ParseClassItem(List<(int, int)> ranges)
    {
        if (TakePosix() is { } posix)
        {
            ranges.AddRange(posix.Ranges);
            return;
        }

        if (_fault is not null)
        {
            return;
        }

        if (_pattern[_position] == '\\' && TakeClassEscape() is { } set)
        {
            ranges.AddRange(set.Ranges);
            return;
        }

        if (_fault is not null)
        {
            return;
        }

        var first = TakeClassCharacter();
        var last = first;
        if (_position + 1 < _pattern.Length && _pattern[_position] == '-' && _pattern[_position + 1] != ']')
        {
            _position++;
            last = TakeClassCharacter();
            if (_fault is null && last < first)
            {
                Fail("a range in a class runs backwards");
            }
        }

        if (_fault is null)
        {
            ranges.Add((first, last));
        }
    }

    private int TakeClassCharacter() => _pattern[_position] == '\\' ? TakeCharacterEscape() : TakeCodePoint();

    private CodePointSet? TakePosix()
    {
        var rest = _pattern.AsSpan(_position);
        var end = rest.StartsWith("[:") ? rest[2..].IndexOf(":]") : -1;
        if (end < 0)
        {
            return null;
        }

        var name = rest.Slice(2, end);
        var negated = name.StartsWith('^');
        if (UnicodeSets.Posix(negated ? name[1..] : name) is not { } set)
        {
            Fail("there is no such class between '[:' and ':]'");
            return null;
        }

        _position += end + 4;
        return negated ? Fold(set).Negate() : set;
    }
}
