namespace Sluice.Cel.Syntax;

// Tokens, limits and faults.
internal sealed partial class Parser
{
    internal int NewId() => _nodes++;

    /// <summary>Counts the node and refuses trees that are too large or too deep.</summary>
    internal Expr Checked(Expr expr)
    {
        if (_nodes > _limits.MaxNodes)
        {
            return Fail(expr.Span, $"the expression has more than {_limits.MaxNodes} parts", "split it, or make it simpler");
        }

        return expr.Height > _maxDepth ? FailDepth(expr.Span) : expr;
    }

    /// <summary>Records the first fault and ends the token stream.</summary>
    internal Expr Fail(SourceSpan span, string message, string? hint)
    {
        _fault ??= new CelIssue(_text, span, message, hint);
        _token = new Token(TokenKind.End, new SourceSpan(_text.Length, 0));
        return Nothing(span);
    }

    /// <summary>From an offset to the end of the last token taken, parentheses included.</summary>
    private SourceSpan From(int start) => new(start, Math.Max(0, _end - start));

    private static LiteralExpr Nothing(SourceSpan span) => new(0, span, CelValue.Null);

    private Expr FailDepth(SourceSpan span) => Fail(span, $"the expression is nested more than {_maxDepth} levels deep", null);

    private Expr FailUnexpected(string wanted)
    {
        if (_fault is not null)
        {
            return Nothing(_token.Span);
        }

        return _token.Kind == TokenKind.End
            ? Fail(_token.Span, $"the expression ends where {wanted} is expected", null)
            : Fail(_token.Span, $"unexpected {Source(_token)}, expected {wanted}", HintFor(_token));
    }

    private static string? HintFor(Token token) => token.Kind == TokenKind.Identifier
        ? token.Text switch
        {
            "and" or "AND" => "write '&&' for and",
            "or" or "OR" => "write '||' for or",
            "not" or "NOT" => "write '!' for not",
            _ => null,
        }
        : null;

    private string Source(Token token) =>
        token.Span.Length > 30 ? $"{_text.Substring(token.Span.Start, 29)}…" : _text.Substring(token.Span.Start, token.Span.Length);

    private void Advance()
    {
        if (_fault is not null)
        {
            return;
        }

        _end = _token.Span.End;
        _token = _lexer.Next();
        if (_lexer.Fault is not null)
        {
            _fault = _lexer.Fault;
        }
    }

    private void Expect(TokenKind kind, string wanted)
    {
        var token = _token;
        if (token.Kind != kind || _fault is not null)
        {
            FailUnexpected(wanted);
            return;
        }

        Advance();
    }

    private bool TakeOptionalMark()
    {
        if (_token.Kind != TokenKind.Question)
        {
            return false;
        }

        if (!_macros.OptionalSyntax)
        {
            Fail(_token.Span, "optional syntax ('?') is not enabled", "use has() to test for presence");
            return false;
        }

        Advance();
        return true;
    }

    private Expr TakeLiteral(CelValue value)
    {
        var span = _token.Span;
        Advance();
        return Checked(new LiteralExpr(NewId(), span, value));
    }
}
