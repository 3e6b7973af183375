using System.Globalization;
using System.Text;

namespace Sluice.Cel.Fuzz;

/// <summary>Expressions that the grammar allows; most of them mean something, too.</summary>
internal sealed class GrammarGenerator(FuzzRandom random)
{
    private static readonly string[] Names = ["claims", "claims", "claims", "x", "y", "k", ".claims", "unknown"];
    private static readonly string[] Fields = ["sub", "aud", "scp", "level", "nested", "missing", "ratio", "ok", "none", "in_", "while", "`a-b`", "`in`"];
    private static readonly string[] Binary =
        ["==", "!=", "<", "<=", ">", ">=", " in ", "+", "-", "*", "/", "%", "&&", "||", "&&", "||", "=="];

    private static readonly string[] Methods =
    [
        "size()", "contains(#)", "startsWith(#)", "endsWith(#)", "matches(#)", "indexOf(#)", "substring(#)", "split(#)", "replace(#, #)", "trim()", "reverse()",
        "lowerAscii()", "charAt(#)", "join(#)", "format([#, #])", "getFullYear()", "getHours(#)", "getSeconds()", "hasValue()", "value()", "orValue(#)", "or(#)",
        "optMap(y, #)", "optFlatMap(y, #)", "first()", "unwrapOpt()", "family()", "masked()", "containsIP(#)", "nothing(#)",
    ];

    private static readonly string[] Functions =
    [
        "size(#)", "int(#)", "uint(#)", "double(#)", "string(#)", "bytes(#)", "bool(#)", "dyn(#)", "type(#)", "timestamp(#)", "duration(#)", "matches(#, #)", "has(claims.sub)", "has((#).f)",
        "math.greatest(#, #)", "math.abs(#)", "math.bitAnd(#, #)", "math.round(#)", "base64.encode(#)", "base64.decode(#)", "strings.quote(#)", "optional.of(#)", "optional.none()",
        "optional.ofNonZeroValue(#)", "cel.bind(y, #, #)", "ip(#)", "cidr(#)", "isIP(#)", "nothing()",
    ];

    private static readonly string[] Macros =
    [
        "all(x, #)", "exists(x, #)", "exists_one(x, #)", "filter(x, #)", "map(x, #)", "map(x, #, #)", "all(k, y, #)", "exists(k, y, #)", "transformList(k, y, #)",
        "transformMap(k, y, #)", "transformMapEntry(k, y, {#: #})",
    ];

    private static readonly string[] Texts =
        ["''", "\"a\"", "'system:a'", "r'\\d+'", "'^a.*b$'", "'(a|b)+'", "'1'", "'1.5'", "'2026-01-31T12:00:00Z'", "'1h30m'", "'é😀'", "'''x'y'''", "\"\\u0041\\n\"", "'10.0.0.0/8'", "'%s %d'", "'true'", "b'\\xff'", "b\"abc\""];

    private static readonly string[] Numbers =
        ["0", "1", "2", "-1", "42", "1u", "7u", "0x1F", "9223372036854775807", "-9223372036854775808", "18446744073709551615u", "1.5", "-0.0", "1e300", ".25", "2.0"];

    private readonly StringBuilder _text = new();

    public string Next()
    {
        _text.Clear();
        Append(random.Next(4) + 1);
        return _text.ToString();
    }

    private void Append(int depth)
    {
        if (depth <= 0 || random.OneIn(6))
        {
            AppendLeaf();
            return;
        }

        switch (random.Next(12))
        {
            case 0 or 1 or 2:
                AppendOperand(depth);
                _text.Append(CultureInfo.InvariantCulture, $" {random.Pick<string>(Binary)} ");
                AppendOperand(depth);
                break;
            case 3:
                _text.Append(random.OneIn(2) ? "!" : "-");
                AppendOperand(depth);
                break;
            case 4:
                AppendOperand(depth);
                _text.Append(" ? ");
                AppendOperand(depth);
                _text.Append(" : ");
                Append(depth - 1);
                break;
            case 5:
                AppendMember(depth);
                _text.Append('.').Append(random.OneIn(8) ? "?" : "").Append(random.Pick<string>(Fields));
                break;
            case 6:
                AppendMember(depth);
                _text.Append(random.OneIn(8) ? "[?" : "[");
                Append(depth - 1);
                _text.Append(']');
                break;
            case 7:
                AppendMember(depth);
                _text.Append('.');
                AppendFilled(random.Pick<string>(Methods), depth);
                break;
            case 8:
                AppendMember(depth);
                _text.Append('.');
                AppendFilled(random.Pick<string>(Macros), depth);
                break;
            case 9:
                AppendFilled(random.Pick<string>(Functions), depth);
                break;
            case 10:
                AppendItems(depth, "[", "]", entries: false);
                break;
            default:
                AppendItems(depth, "{", "}", entries: true);
                break;
        }
    }

    private void AppendOperand(int depth)
    {
        _text.Append('(');
        Append(depth - 1);
        _text.Append(')');
        if (random.OneIn(10))
        {
            _text.Append(" // note\n");
        }
    }

    private void AppendMember(int depth)
    {
        if (random.OneIn(2))
        {
            _text.Append(random.Pick<string>(Names)).Append('.').Append(random.Pick<string>(Fields));
        }
        else
        {
            AppendOperand(depth);
        }
    }

    private void AppendFilled(string template, int depth)
    {
        foreach (var c in template)
        {
            if (c == '#')
            {
                Append(depth - 1);
            }
            else
            {
                _text.Append(c);
            }
        }
    }

    private void AppendItems(int depth, string open, string close, bool entries)
    {
        _text.Append(open);
        for (var count = random.Next(4); count > 0; count--)
        {
            _text.Append(random.OneIn(12) ? "?" : "");
            Append(depth - 1);
            if (entries)
            {
                _text.Append(": ");
                Append(depth - 1);
            }

            _text.Append(count > 1 || random.OneIn(6) ? ", " : "");
        }

        _text.Append(close);
    }

    private void AppendLeaf() => _text.Append(random.Next(8) switch
    {
        0 or 1 => random.Pick<string>(Texts),
        2 or 3 => random.Pick<string>(Numbers),
        4 => random.Pick<string>(["true", "false", "null", "[]", "{}", "int", "google.protobuf.Timestamp", "net.IP"]),
        5 => random.Pick<string>(Names),
        _ => $"claims.{random.Pick<string>(Fields)}",
    });
}
