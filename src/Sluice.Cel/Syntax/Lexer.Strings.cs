using System.Buffers;
using System.Text;

namespace Sluice.Cel.Syntax;

// String and bytes literals: https://github.com/google/cel-spec/blob/master/doc/langdef.md#string-and-bytes-values
internal sealed partial class Lexer
{
    private bool IsStringStart(out bool raw, out bool bytes, out int prefix)
    {
        raw = false;
        bytes = false;
        prefix = 0;
        if (Peek(0) is 'b' or 'B')
        {
            bytes = true;
            prefix++;
        }

        if (Peek(prefix) is 'r' or 'R')
        {
            raw = true;
            prefix++;
        }

        return prefix > 0 && Peek(prefix) is '"' or '\'';
    }

    private Token ReadString(int prefix, bool raw, bool bytes)
    {
        var start = _position;
        _position += prefix;
        var quote = text[_position];
        var triple = Peek(1) == quote && Peek(2) == quote;
        var quotes = triple ? 3 : 1;
        _position += quotes;
        var content = bytes ? null : new StringBuilder();
        var octets = bytes ? new ArrayBufferWriter<byte>() : null;
        while (true)
        {
            if (_position >= text.Length)
            {
                return Fail(start, text.Length - start, "the string does not end", $"close it with {new string(quote, quotes)}");
            }

            var c = text[_position];
            if (c == quote && (!triple || (Peek(1) == quote && Peek(2) == quote)))
            {
                _position += quotes;
                break;
            }

            if (!triple && c is '\n' or '\r')
            {
                return Fail(start, _position - start, "the string does not end on its line", "use three quotes for text of several lines");
            }

            if (c == '\\' && !raw)
            {
                if (!ReadEscape(content, octets))
                {
                    return new Token(TokenKind.End, new SourceSpan(start, _position - start));
                }
            }
            else if (char.IsSurrogate(c))
            {
                if (!char.IsHighSurrogate(c) || !char.IsLowSurrogate(Peek(1)))
                {
                    return Fail(_position, 1, "the string holds half of a surrogate pair, which is not a character", null);
                }

                Append(content, octets, new Rune(c, Peek(1)));
                _position += 2;
            }
            else
            {
                Append(content, octets, c);
                _position++;
            }
        }

        var span = new SourceSpan(start, _position - start);
        return bytes
            ? new Token(TokenKind.Bytes, span, octets!.WrittenSpan.ToArray())
            : new Token(TokenKind.String, span, content!.ToString());
    }

    private bool ReadEscape(StringBuilder? content, ArrayBufferWriter<byte>? octets)
    {
        var start = _position;
        var c = Peek(1);
        var simple = c switch
        {
            'a' => '\a',
            'b' => '\b',
            'f' => '\f',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'v' => '\v',
            '\\' or '?' or '"' or '\'' or '`' => c,
            _ => '\0',
        };

        if (simple != '\0')
        {
            Append(content, octets, simple);
            _position += 2;
            return true;
        }

        var (digits, radix, skip) = c switch
        {
            'x' or 'X' => (2, 16, 2),
            'u' => (4, 16, 2),
            'U' => (8, 16, 2),
            >= '0' and <= '3' => (3, 8, 1),
            _ => (0, 0, 0),
        };

        if (digits == 0)
        {
            Fail(start, Math.Min(2, text.Length - start), $"unknown escape '\\{(c == '\0' ? "" : c)}'", "write '\\\\' for a backslash, or use a raw string: r\"…\"");
            return false;
        }

        long code = 0;
        for (var i = 0; i < digits; i++)
        {
            var digit = HexValue(Peek(skip + i));
            if (digit < 0 || digit >= radix)
            {
                Fail(start, Math.Min(skip + i, text.Length - start), $"the escape '\\{c}' needs {digits} {(radix == 8 ? "octal" : "hexadecimal")} digits", null);
                return false;
            }

            code = (code * radix) + digit;
        }

        _position += skip + digits;
        if (octets is not null)
        {
            if (c is 'u' or 'U')
            {
                Fail(start, _position - start, "bytes take no '\\u' or '\\U' escape", "write the bytes with '\\x'");
                return false;
            }

            octets.GetSpan(1)[0] = (byte)code;
            octets.Advance(1);
            return true;
        }

        if (code > 0x10FFFF || !Rune.IsValid((int)code))
        {
            Fail(start, _position - start, $"U+{code:X4} is not a Unicode character", null);
            return false;
        }

        Append(content, null, new Rune((int)code));
        return true;
    }

    private static int HexValue(char c) => c switch
    {
        >= '0' and <= '9' => c - '0',
        >= 'a' and <= 'f' => c - 'a' + 10,
        >= 'A' and <= 'F' => c - 'A' + 10,
        _ => -1,
    };

    private static void Append(StringBuilder? content, ArrayBufferWriter<byte>? octets, char c)
    {
        if (content is not null)
        {
            content.Append(c);
        }
        else
        {
            Append(null, octets, new Rune(c));
        }
    }

    private static void Append(StringBuilder? content, ArrayBufferWriter<byte>? octets, Rune rune)
    {
        Span<char> chars = stackalloc char[2];
        if (content is not null)
        {
            content.Append(chars[..rune.EncodeToUtf16(chars)]);
            return;
        }

        octets!.Advance(rune.EncodeToUtf8(octets.GetSpan(4)));
    }
}
