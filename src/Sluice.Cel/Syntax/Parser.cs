using System.Globalization;
using System.Runtime.CompilerServices;

namespace Sluice.Cel.Syntax;

/// <summary>Reads source into a syntax tree, macros included, or stops at the first fault.</summary>
/// <remarks>
/// Grammar: https://github.com/google/cel-spec/blob/master/doc/langdef.md#syntax.
/// A fault is a value, not an exception: after one, every token is <see cref="TokenKind.End"/> and whatever is returned is thrown away.
/// </remarks>
internal sealed partial class Parser
{
    private readonly string _text;
    private readonly CelLimits _limits;
    private readonly Macros _macros;
    private readonly Lexer _lexer;
    private readonly int _maxDepth;
    private Token _token;
    private CelIssue? _fault;
    private int _nodes;
    private int _depth;
    private int _end;

    private Parser(string text, CelLimits limits, Macros macros)
    {
        _text = text;
        _limits = limits;
        _macros = macros;
        _maxDepth = Math.Min(limits.MaxDepth, CelLimits.HighestDepth);
        _lexer = new Lexer(text);
    }

    public static ParseResult Parse(string text, CelLimits limits, Macros macros)
    {
        if (text.Length > limits.MaxLength && SourceText.CountCodePoints(text) is var length && length > limits.MaxLength)
        {
            var issue = new CelIssue(text, default, $"the expression has {length} characters; at most {limits.MaxLength} are allowed");
            return new ParseResult(null, 0, issue);
        }

        return new Parser(text, limits, macros).ParseAll();
    }

    private ParseResult ParseAll()
    {
        Advance();
        if (_token.Kind == TokenKind.End && _fault is null)
        {
            Fail(_token.Span, "the expression is empty", "write 'true' to match everything");
        }

        var expr = ParseExpr();
        if (_fault is null && _token.Kind != TokenKind.End)
        {
            FailUnexpected("the end of the expression");
        }

        return _fault is null ? new ParseResult(expr, _nodes, null) : new ParseResult(null, _nodes, _fault);
    }

    // Expr = ConditionalOr ["?" ConditionalOr ":" Expr]
    private Expr ParseExpr()
    {
        if (++_depth > _maxDepth || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            _depth--;
            return FailDepth(_token.Span);
        }

        var start = _token.Span.Start;
        var condition = ParseBinary(2);
        if (_token.Kind == TokenKind.Question)
        {
            Advance();
            var whenTrue = ParseBinary(2);
            Expect(TokenKind.Colon, "':' and the value for false");
            var whenFalse = ParseExpr();
            condition = Checked(new ConditionalExpr(NewId(), From(start), condition, whenTrue, whenFalse));
        }

        _depth--;
        return condition;
    }

    private Expr ParseBinary(int precedence)
    {
        var start = _token.Span.Start;
        var left = ParseUnary();
        while (Operators.Binary(_token.Kind) is { } op && op.Precedence() >= precedence)
        {
            if (op is Operator.And or Operator.Or)
            {
                left = ParseLogical(op, left, start);
                continue;
            }

            Advance();
            var right = ParseBinary(op.Precedence() + 1);
            left = Checked(new BinaryExpr(NewId(), From(start), op, left, right));
        }

        return left;
    }

    private Expr ParseLogical(Operator op, Expr first, int start)
    {
        var operands = new List<Expr> { first };
        var token = _token.Kind;
        while (_token.Kind == token)
        {
            Advance();
            operands.Add(ParseBinary(op.Precedence() + 1));
        }

        return Checked(new LogicalExpr(NewId(), From(start), op, [.. operands]));
    }

    private Expr ParseUnary()
    {
        var start = _token;
        if (start.Kind is not (TokenKind.Not or TokenKind.Minus))
        {
            return ParseMember();
        }

        Advance();
        if (start.Kind == TokenKind.Minus && _token.Kind is TokenKind.Int or TokenKind.Double)
        {
            return ParseMember(ParseNumber(start.Span), start.Span.Start);
        }

        if (++_depth > _maxDepth || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            _depth--;
            return FailDepth(start.Span);
        }

        var operand = ParseUnary();
        _depth--;
        var op = start.Kind == TokenKind.Not ? Operator.Not : Operator.Negate;
        return Checked(new UnaryExpr(NewId(), From(start.Span.Start), op, operand));
    }

    private Expr ParseMember()
    {
        var start = _token.Span.Start;
        return ParseMember(ParsePrimary(), start);
    }

    // Member = Primary { "." ["?"] SELECTOR ["(" args ")"] | "[" ["?"] Expr "]" }
    private Expr ParseMember(Expr operand, int start)
    {
        while (true)
        {
            switch (_token.Kind)
            {
                case TokenKind.Dot:
                    operand = ParseDot(operand, start);
                    break;
                case TokenKind.LeftBracket:
                    Advance();
                    var optional = TakeOptionalMark();
                    var index = ParseExpr();
                    Expect(TokenKind.RightBracket, "']'");
                    operand = Checked(new IndexExpr(NewId(), From(start), operand, index, optional));
                    break;
                case TokenKind.LeftBrace when operand is IdentExpr or SelectExpr:
                    return Fail(operand.Span, "messages cannot be built here: no message types are known", "write a map: {\"name\": value}");
                default:
                    return operand;
            }
        }
    }

    private Expr ParseDot(Expr operand, int start)
    {
        Advance();
        var optional = TakeOptionalMark();
        var name = _token;
        if (name.Kind is not (TokenKind.Identifier or TokenKind.QuotedIdentifier))
        {
            return name.Kind is TokenKind.In or TokenKind.True or TokenKind.False or TokenKind.Null
                ? Fail(name.Span, $"'{Source(name)}' is a keyword and cannot be a field name", $"write [\"{Source(name)}\"]")
                : FailUnexpected("a field or function name after '.'");
        }

        Advance();
        if (_token.Kind != TokenKind.LeftParen || optional || name.Kind == TokenKind.QuotedIdentifier)
        {
            return Checked(new SelectExpr(
                NewId(), From(start), operand, name.Text, name.Span, testOnly: false, optional));
        }

        var args = ParseArguments();
        return Call(operand, name, absolute: false, args, From(start));
    }

    private Expr ParsePrimary()
    {
        var token = _token;
        switch (token.Kind)
        {
            case TokenKind.Int or TokenKind.Uint or TokenKind.Double:
                return ParseNumber(null);
            case TokenKind.String:
                return TakeLiteral(CelValue.Of(token.Text));
            case TokenKind.Bytes:
                return TakeLiteral(CelValue.Of((byte[])token.Value!));
            case TokenKind.True or TokenKind.False:
                return TakeLiteral(CelValue.Of(token.Kind == TokenKind.True));
            case TokenKind.Null:
                return TakeLiteral(CelValue.Null);
            case TokenKind.LeftParen:
                Advance();
                var inner = ParseExpr();
                Expect(TokenKind.RightParen, "')'");
                return inner;
            case TokenKind.LeftBracket:
                return ParseList();
            case TokenKind.LeftBrace:
                return ParseMap();
            case TokenKind.Dot:
                Advance();
                return ParseIdentifier(token.Span);
            case TokenKind.Identifier:
                return ParseIdentifier(null);
            case TokenKind.QuotedIdentifier:
                return Fail(token.Span, "a quoted name can only follow a '.'", null);
            default:
                return FailUnexpected("a value");
        }
    }

    private Expr ParseIdentifier(SourceSpan? dot)
    {
        var name = _token;
        if (name.Kind != TokenKind.Identifier)
        {
            return FailUnexpected("a name");
        }

        if (Reserved.Contains(name.Text))
        {
            return Fail(name.Span, $"'{name.Text}' is a reserved word and cannot be a name", null);
        }

        Advance();
        var start = (dot ?? name.Span).Start;
        if (_token.Kind != TokenKind.LeftParen)
        {
            return Checked(new IdentExpr(NewId(), From(start), name.Text, dot is not null));
        }

        var args = ParseArguments();
        return Call(null, name, dot is not null, args, From(start));
    }

    private Expr Call(Expr? target, Token name, bool absolute, Expr[] args, SourceSpan span)
    {
        if (_fault is not null)
        {
            return Nothing(span);
        }

        return _macros.TryExpand(this, target, name, absolute, args, span)
            ?? Checked(new CallExpr(NewId(), span, target, name.Text, name.Span, absolute, args));
    }

    private Expr[] ParseArguments()
    {
        Advance();
        var args = new List<Expr>();
        while (_token.Kind != TokenKind.RightParen && _fault is null)
        {
            args.Add(ParseExpr());
            if (_token.Kind != TokenKind.Comma)
            {
                break;
            }

            Advance();
            if (_token.Kind == TokenKind.RightParen)
            {
                FailUnexpected("an argument after ','");
            }
        }

        Expect(TokenKind.RightParen, "',' or ')'");
        return [.. args];
    }

    private Expr ParseList()
    {
        var start = _token.Span.Start;
        Advance();
        var items = new List<ListItem>();
        while (_token.Kind != TokenKind.RightBracket && _fault is null)
        {
            var optional = TakeOptionalMark();
            items.Add(new ListItem(ParseExpr(), optional));
            if (_token.Kind != TokenKind.Comma)
            {
                break;
            }

            Advance();
        }

        Expect(TokenKind.RightBracket, "',' or ']'");
        return Checked(new ListExpr(NewId(), From(start), [.. items]));
    }

    private Expr ParseMap()
    {
        var start = _token.Span.Start;
        Advance();
        var items = new List<MapItem>();
        while (_token.Kind != TokenKind.RightBrace && _fault is null)
        {
            var optional = TakeOptionalMark();
            var key = ParseExpr();
            Expect(TokenKind.Colon, "':' and the value of the key");
            items.Add(new MapItem(key, ParseExpr(), optional));
            if (_token.Kind != TokenKind.Comma)
            {
                break;
            }

            Advance();
        }

        Expect(TokenKind.RightBrace, "',' or '}'");
        return Checked(new MapExpr(NewId(), From(start), [.. items]));
    }

    private Expr ParseNumber(SourceSpan? minus)
    {
        var token = _token;
        var digits = _text.AsSpan(token.Span.Start, token.Span.Length);
        var span = (minus ?? token.Span).To(token.Span);
        Advance();
        if (token.Kind == TokenKind.Double)
        {
            var real = double.Parse(digits, NumberStyles.Float, CultureInfo.InvariantCulture);
            return double.IsInfinity(real)
                ? Fail(span, "the number is too large for a double", null)
                : Checked(new LiteralExpr(NewId(), span, CelValue.Of(minus is null ? real : -real)));
        }

        digits = token.Kind == TokenKind.Uint ? digits[..^1] : digits;
        var hex = digits.StartsWith("0x");
        var known = hex
            ? ulong.TryParse(digits[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var magnitude)
            : ulong.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out magnitude);
        if (token.Kind == TokenKind.Uint)
        {
            return known
                ? Checked(new LiteralExpr(NewId(), span, CelValue.Of(magnitude)))
                : Fail(span, "the number is too large for a uint", "the largest is 18446744073709551615u");
        }

        const ulong Smallest = 1UL << 63;
        if (!known || magnitude > (minus is null ? Smallest - 1 : Smallest))
        {
            return Fail(span, "the number is out of range for an int", "ints reach from -9223372036854775808 to 9223372036854775807; write 1.0e19 for a double");
        }

        return Checked(new LiteralExpr(NewId(), span, CelValue.Of(minus is null ? (long)magnitude : unchecked(-(long)magnitude))));
    }
}
