namespace Sluice.Cel.Syntax;

/// <summary>Cuts source text into tokens.</summary>
/// <remarks>
/// Lexis: https://github.com/google/cel-spec/blob/master/doc/langdef.md#syntax.
/// After a fault the lexer only gives <see cref="TokenKind.End"/>; the first fault is in <see cref="Fault"/>.
/// </remarks>
internal sealed partial class Lexer(string text)
{
    private int _position;

    public CelIssue? Fault { get; private set; }

    public Token Next()
    {
        if (Fault is not null)
        {
            return new Token(TokenKind.End, new SourceSpan(text.Length, 0));
        }

        SkipBlanks();
        var start = _position;
        if (start >= text.Length)
        {
            return new Token(TokenKind.End, new SourceSpan(text.Length, 0));
        }

        var c = text[start];
        if (char.IsAsciiLetter(c) || c == '_')
        {
            return IsStringStart(out var raw, out var bytes, out var prefix) ? ReadString(prefix, raw, bytes) : ReadWord();
        }

        if (char.IsAsciiDigit(c) || (c == '.' && char.IsAsciiDigit(Peek(1))))
        {
            return ReadNumber();
        }

        return c switch
        {
            '"' or '\'' => ReadString(0, raw: false, bytes: false),
            '`' => ReadQuotedIdentifier(),
            '(' => Take(TokenKind.LeftParen, 1),
            ')' => Take(TokenKind.RightParen, 1),
            '[' => Take(TokenKind.LeftBracket, 1),
            ']' => Take(TokenKind.RightBracket, 1),
            '{' => Take(TokenKind.LeftBrace, 1),
            '}' => Take(TokenKind.RightBrace, 1),
            '.' => Take(TokenKind.Dot, 1),
            ',' => Take(TokenKind.Comma, 1),
            ':' => Take(TokenKind.Colon, 1),
            '?' => Take(TokenKind.Question, 1),
            '+' => Take(TokenKind.Plus, 1),
            '-' => Take(TokenKind.Minus, 1),
            '*' => Take(TokenKind.Star, 1),
            '/' => Take(TokenKind.Slash, 1),
            '%' => Take(TokenKind.Percent, 1),
            '!' => Peek(1) == '=' ? Take(TokenKind.NotEqual, 2) : Take(TokenKind.Not, 1),
            '<' => Peek(1) == '=' ? Take(TokenKind.LessOrEqual, 2) : Take(TokenKind.Less, 1),
            '>' => Peek(1) == '=' ? Take(TokenKind.GreaterOrEqual, 2) : Take(TokenKind.Greater, 1),
            '=' when Peek(1) == '=' => Take(TokenKind.Equal, 2),
            '&' when Peek(1) == '&' => Take(TokenKind.And, 2),
            '|' when Peek(1) == '|' => Take(TokenKind.Or, 2),
            '=' => Fail(start, 1, "unexpected '='", "write '==' to compare"),
            '&' => Fail(start, 1, "unexpected '&'", "write '&&' for and"),
            '|' => Fail(start, 1, "unexpected '|'", "write '||' for or"),
            '“' or '”' or '‘' or '’' => Fail(start, 1, $"unexpected character '{c}'", "use straight quotes: \" or '"),
            _ => Fail(start, char.IsHighSurrogate(c) && char.IsLowSurrogate(Peek(1)) ? 2 : 1, $"unexpected character {Describe(c)}", null),
        };
    }

    private static string Describe(char c) =>
        char.IsControl(c) || char.IsSurrogate(c) || char.IsWhiteSpace(c) ? $"U+{(int)c:X4}" : $"'{c}'";

    private char Peek(int ahead) => _position + ahead < text.Length ? text[_position + ahead] : '\0';

    private Token Take(TokenKind kind, int length)
    {
        var span = new SourceSpan(_position, length);
        _position += length;
        return new Token(kind, span);
    }

    private Token Fail(int start, int length, string message, string? hint)
    {
        Fault ??= new CelIssue(text, new SourceSpan(start, length), message, hint);
        _position = text.Length;
        return new Token(TokenKind.End, new SourceSpan(start, length));
    }

    private void SkipBlanks()
    {
        while (_position < text.Length)
        {
            var c = text[_position];
            if (c is ' ' or '\t' or '\n' or '\r' or '\f')
            {
                _position++;
            }
            else if (c == '/' && Peek(1) == '/')
            {
                var end = text.IndexOf('\n', _position);
                _position = end < 0 ? text.Length : end;
            }
            else
            {
                return;
            }
        }
    }

    private Token ReadWord()
    {
        var start = _position;
        while (char.IsAsciiLetterOrDigit(Peek(0)) || Peek(0) == '_')
        {
            _position++;
        }

        var word = text.AsSpan(start, _position - start);
        var kind = word switch
        {
            "true" => TokenKind.True,
            "false" => TokenKind.False,
            "null" => TokenKind.Null,
            "in" => TokenKind.In,
            _ => TokenKind.Identifier,
        };

        return new Token(kind, new SourceSpan(start, word.Length), kind == TokenKind.Identifier ? word.ToString() : null);
    }

    private Token ReadQuotedIdentifier()
    {
        var start = _position++;
        while (char.IsAsciiLetterOrDigit(Peek(0)) || Peek(0) is '_' or '.' or '-' or '/' or ' ')
        {
            _position++;
        }

        if (Peek(0) != '`' || _position == start + 1)
        {
            return Fail(start, _position - start, "a quoted name holds letters, digits, '_', '.', '-', '/' and spaces, and ends with '`'", null);
        }

        _position++;
        return new Token(
            TokenKind.QuotedIdentifier, new SourceSpan(start, _position - start), text[(start + 1)..(_position - 1)]);
    }

    private Token ReadNumber()
    {
        var start = _position;
        var kind = TokenKind.Int;
        if (Peek(0) == '0' && Peek(1) is 'x' && char.IsAsciiHexDigit(Peek(2)))
        {
            _position += 2;
            while (char.IsAsciiHexDigit(Peek(0)))
            {
                _position++;
            }
        }
        else
        {
            SkipDigits();
            if (Peek(0) == '.' && char.IsAsciiDigit(Peek(1)))
            {
                kind = TokenKind.Double;
                _position++;
                SkipDigits();
            }

            if (Peek(0) is 'e' or 'E' && (char.IsAsciiDigit(Peek(1)) || (Peek(1) is '+' or '-' && char.IsAsciiDigit(Peek(2)))))
            {
                kind = TokenKind.Double;
                _position += 2;
                SkipDigits();
            }
        }

        if (kind == TokenKind.Int && Peek(0) is 'u' or 'U')
        {
            kind = TokenKind.Uint;
            _position++;
        }

        return new Token(kind, new SourceSpan(start, _position - start));
    }

    private void SkipDigits()
    {
        while (char.IsAsciiDigit(Peek(0)))
        {
            _position++;
        }
    }
}
