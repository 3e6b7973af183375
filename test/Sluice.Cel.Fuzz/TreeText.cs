using System.Globalization;
using System.Text;
using Sluice.Cel.Syntax;

namespace Sluice.Cel.Fuzz;

/// <summary>A syntax tree as text that says everything but places: two trees are the same when this is.</summary>
internal static class TreeText
{
    public static string Of(Expr expr)
    {
        var result = new StringBuilder();
        Append(result, expr);
        return result.ToString();
    }

    private static void Append(StringBuilder result, Expr expr)
    {
        result.Append('(');
        _ = expr switch
        {
            LiteralExpr { Value.Kind: CelKind.Double } real => result.Append(CultureInfo.InvariantCulture, $"double {BitConverter.DoubleToInt64Bits(real.Value.AsDouble())}"),
            LiteralExpr { Value.Kind: CelKind.Bytes } octets => result.Append("bytes ").Append(Convert.ToHexString(octets.Value.AsBytes().Span)),
            LiteralExpr { Value.Kind: CelKind.String } text => result.Append("string ").Append(text.Value.AsString()),
            LiteralExpr literal => result.Append(CultureInfo.InvariantCulture, $"{literal.Value.Kind} {literal.Value}"),
            IdentExpr ident => result.Append(CultureInfo.InvariantCulture, $"ident {ident.Name} {ident.Absolute}"),
            SelectExpr select => result.Append(CultureInfo.InvariantCulture, $"select {select.Field} {select.TestOnly} {select.Optional}"),
            IndexExpr index => result.Append(CultureInfo.InvariantCulture, $"index {index.Optional}"),
            CallExpr call => result.Append(CultureInfo.InvariantCulture, $"call {call.Function} {call.Absolute} {call.Target is null}"),
            UnaryExpr unary => result.Append(CultureInfo.InvariantCulture, $"{unary.Operator}"),
            BinaryExpr binary => result.Append(CultureInfo.InvariantCulture, $"{binary.Operator}"),
            LogicalExpr logical => result.Append(CultureInfo.InvariantCulture, $"{logical.Operator}"),
            ListExpr list => result.Append("list").AppendJoin(',', list.Items.Select(item => item.Optional)),
            MapExpr map => result.Append("map").AppendJoin(',', map.Items.Select(item => item.Optional)),
            ComprehensionExpr macro => result.Append(CultureInfo.InvariantCulture, $"{macro.Kind} {macro.Name} {macro.First.Name} {macro.Second?.Name} {macro.Filter is null}"),
            BindExpr bind => result.Append(CultureInfo.InvariantCulture, $"{bind.Kind} {bind.Variable.Name}"),
            _ => result.Append(expr.GetType().Name),
        };
        foreach (var child in expr.Children)
        {
            Append(result, child);
        }

        result.Append(')');
    }
}
