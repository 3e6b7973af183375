using System.Globalization;
using System.Text;

namespace Sluice.Cel.Syntax;

/// <summary>Writes a tree as source that parses to the same tree.</summary>
internal static class Printer
{
    private const int ConditionalPrecedence = 1;
    private const int MemberPrecedence = 8;

    public static string Print(Expr expr)
    {
        var result = new StringBuilder();
        Append(result, expr, 0);
        return result.ToString();
    }

    private static int Precedence(Expr expr) => expr switch
    {
        ConditionalExpr => ConditionalPrecedence,
        LogicalExpr logical => logical.Operator.Precedence(),
        BinaryExpr binary => binary.Operator.Precedence(),
        UnaryExpr unary => unary.Operator.Precedence(),
        _ => MemberPrecedence,
    };

    private static void Append(StringBuilder result, Expr expr, int atLeast)
    {
        if (Precedence(expr) < atLeast)
        {
            result.Append('(');
            Append(result, expr, 0);
            result.Append(')');
            return;
        }

        switch (expr)
        {
            case LiteralExpr literal:
                AppendLiteral(result, literal.Value);
                break;
            case IdentExpr ident:
                result.Append(ident.Absolute ? "." : "").Append(ident.Name);
                break;
            case SelectExpr { TestOnly: true } select:
                result.Append("has(");
                AppendSelect(result, select);
                result.Append(')');
                break;
            case SelectExpr select:
                AppendSelect(result, select);
                break;
            case IndexExpr index:
                Append(result, index.Operand, MemberPrecedence);
                result.Append(index.Optional ? "[?" : "[");
                Append(result, index.Index, 0);
                result.Append(']');
                break;
            case CallExpr call:
                AppendTarget(result, call.Target, call.Absolute);
                AppendCall(result, call.Function, call.Args);
                break;
            case UnaryExpr unary:
                result.Append(unary.Operator.Symbol());

                var start = result.Length;
                Append(result, unary.Operand, unary.Operator.Precedence());

                // "-5" is a literal, and so is the start of "-5[0]": a number after the sign needs parentheses.
                if (unary.Operator == Operator.Negate
                    && (char.IsAsciiDigit(result[start]) || (result[start] == '.' && char.IsAsciiDigit(result[start + 1]))))
                {
                    result.Insert(start, '(').Append(')');
                }

                break;
            case BinaryExpr binary:
                Append(result, binary.Left, binary.Operator.Precedence());
                result.Append(' ').Append(binary.Operator.Symbol()).Append(' ');
                Append(result, binary.Right, binary.Operator.Precedence() + 1);
                break;
            case LogicalExpr logical:
                AppendLogical(result, logical);
                break;
            case ConditionalExpr conditional:
                Append(result, conditional.Condition, ConditionalPrecedence + 1);
                result.Append(" ? ");
                Append(result, conditional.WhenTrue, ConditionalPrecedence + 1);
                result.Append(" : ");
                Append(result, conditional.WhenFalse, ConditionalPrecedence);
                break;
            case ListExpr list:
                AppendList(result, list);
                break;
            case MapExpr map:
                AppendMap(result, map);
                break;
            case ComprehensionExpr comprehension:
                AppendComprehension(result, comprehension);
                break;
            case BindExpr bind:
                AppendBind(result, bind);
                break;
            default:
                throw new InvalidOperationException($"Unknown node {expr.GetType().Name}.");
        }
    }

    private static void AppendSelect(StringBuilder result, SelectExpr select)
    {
        Append(result, select.Operand, MemberPrecedence);
        result.Append(select.Optional ? ".?" : ".");
        result.Append(Reserved.IsPlainSelector(select.Field) ? select.Field : $"`{select.Field}`");
    }

    private static void AppendLogical(StringBuilder result, LogicalExpr logical)
    {
        for (var i = 0; i < logical.Operands.Length; i++)
        {
            result.Append(i == 0 ? "" : $" {logical.Operator.Symbol()} ");
            Append(result, logical.Operands[i], logical.Operator.Precedence() + 1);
        }
    }

    private static void AppendTarget(StringBuilder result, Expr? target, bool absolute)
    {
        if (target is not null)
        {
            Append(result, target, MemberPrecedence);
        }

        if (target is not null || absolute)
        {
            result.Append('.');
        }
    }

    private static void AppendCall(StringBuilder result, string name, IEnumerable<Expr> args)
    {
        result.Append(name).Append('(');
        var first = true;
        foreach (var arg in args)
        {
            result.Append(first ? "" : ", ");
            Append(result, arg, 0);
            first = false;
        }

        result.Append(')');
    }

    private static void AppendList(StringBuilder result, ListExpr list)
    {
        result.Append('[');
        for (var i = 0; i < list.Items.Length; i++)
        {
            result.Append(i == 0 ? "" : ", ").Append(list.Items[i].Optional ? "?" : "");
            Append(result, list.Items[i].Value, 0);
        }

        result.Append(']');
    }

    private static void AppendMap(StringBuilder result, MapExpr map)
    {
        result.Append('{');
        for (var i = 0; i < map.Items.Length; i++)
        {
            result.Append(i == 0 ? "" : ", ").Append(map.Items[i].Optional ? "?" : "");
            Append(result, map.Items[i].Key, 0);
            result.Append(": ");
            Append(result, map.Items[i].Value, 0);
        }

        result.Append('}');
    }

    private static void AppendComprehension(StringBuilder result, ComprehensionExpr expr)
    {
        Append(result, expr.Range, MemberPrecedence);
        result.Append('.').Append(expr.Name).Append('(').Append(expr.First.Name);
        if (expr.Second is { } second)
        {
            result.Append(", ").Append(second.Name);
        }

        if (expr.Filter is not null)
        {
            result.Append(", ");
            Append(result, expr.Filter, 0);
        }

        result.Append(", ");
        Append(result, expr.Body, 0);
        result.Append(')');
    }

    private static void AppendBind(StringBuilder result, BindExpr bind)
    {
        if (bind.Kind == BindKind.Bind)
        {
            result.Append("cel.bind(").Append(bind.Variable.Name).Append(", ");
            Append(result, bind.Value, 0);
        }
        else
        {
            Append(result, bind.Value, MemberPrecedence);
            result.Append(bind.Kind == BindKind.OptMap ? ".optMap(" : ".optFlatMap(").Append(bind.Variable.Name);
        }

        result.Append(", ");
        Append(result, bind.Body, 0);
        result.Append(')');
    }

    private static void AppendLiteral(StringBuilder result, in CelValue value)
    {
        switch (value.Kind)
        {
            case CelKind.String:
                AppendQuoted(result, value.Text);
                break;
            case CelKind.Bytes:
                result.Append("b\"");
                foreach (var octet in value.Octets)
                {
                    result.Append(CultureInfo.InvariantCulture, $"\\x{octet:x2}");
                }

                result.Append('"');
                break;
            case CelKind.Double:
                var text = value.DoubleBits.ToString("R", CultureInfo.InvariantCulture);
                result.Append(text).Append(text.AsSpan().ContainsAny('.', 'E') ? "" : ".0");
                break;
            default:
                result.Append(value.ToString());
                break;
        }
    }

    private static void AppendQuoted(StringBuilder result, string text)
    {
        result.Append('"');
        foreach (var c in text)
        {
            _ = c switch
            {
                '"' => result.Append("\\\""),
                '\\' => result.Append("\\\\"),
                '\n' => result.Append("\\n"),
                '\r' => result.Append("\\r"),
                '\t' => result.Append("\\t"),
                < ' ' or '\x7f' => result.Append(CultureInfo.InvariantCulture, $"\\x{(int)c:x2}"),
                _ => result.Append(c),
            };
        }

        result.Append('"');
    }
}
