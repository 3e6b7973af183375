using Sluice.Cel.Syntax;
using Sluice.Cel.Values;

namespace Sluice.Cel.Linting;

/// <summary>A condition on one operand, as far as it can be worked out for a given value of that operand.</summary>
/// <param name="Operand">The operand in normal form, such as <c>claims.sub</c>; for a condition that stays opaque the whole condition.</param>
/// <param name="Test">How the operand is tested.</param>
/// <param name="Constants">What it is tested against.</param>
internal sealed record BasicCondition(string Operand, BasicTest Test, CelValue[] Constants)
{
    /// <summary>What the condition comes to when the operand has this value; null: the operand is missing.</summary>
    public Outcomes On(CelValue? value)
    {
        if (Test == BasicTest.Presence)
        {
            return Of(value is not null);
        }

        if (value is not { } present)
        {
            return Outcomes.Error;
        }

        switch (Test)
        {
            case BasicTest.OneOf:
                return Of(Array.Exists(Constants, constant => ValueEquality.AreEqual(present, constant)));
            case BasicTest.StartsWith or BasicTest.EndsWith or BasicTest.Contains:
                return present.Kind != CelKind.String ? Outcomes.Error : Of(Test switch
                {
                    BasicTest.StartsWith => present.Text.StartsWith(Constants[0].Text, StringComparison.Ordinal),
                    BasicTest.EndsWith => present.Text.EndsWith(Constants[0].Text, StringComparison.Ordinal),
                    _ => present.Text.Contains(Constants[0].Text, StringComparison.Ordinal),
                });
            default:
                return !ValueOrder.TryCompare(present, Constants[0], out var order) ? Outcomes.Error : Of(Test switch
                {
                    BasicTest.Less => order < 0,
                    BasicTest.LessOrEqual => order <= 0,
                    BasicTest.Greater => order == 1,
                    _ => order is 0 or 1,
                });
        }
    }

    /// <summary>How an expression tests its operand.</summary>
    public static BasicCondition Of(Expr expr)
    {
        switch (expr)
        {
            case SelectExpr { TestOnly: true, Optional: false } has:
                return new(Key(has.Operand, has.Field), BasicTest.Presence, []);
            case BinaryExpr { Operator: Operator.Equal } equal when Constant(equal.Right) is { } right:
                return new(Key(equal.Left), BasicTest.OneOf, [right]);
            case BinaryExpr { Operator: Operator.Equal } equal when Constant(equal.Left) is { } left:
                return new(Key(equal.Right), BasicTest.OneOf, [left]);
            case BinaryExpr { Operator: Operator.In, Right: ListExpr list } member
                when list.Items.All(item => !item.Optional && Constant(item.Value) is not null):
                return new(Key(member.Left), BasicTest.OneOf, [.. list.Items.Select(item => Constant(item.Value)!.Value)]);
            case BinaryExpr { Operator: Operator.Less or Operator.LessOrEqual or Operator.Greater or Operator.GreaterOrEqual } compare
                when Constant(compare.Right) is { IsNumber: true } number:
                return new(Key(compare.Left), Ordering(compare.Operator), [number]);
            case CallExpr { Target: { } target, Function: "startsWith" or "endsWith" or "contains", Args: [var arg] } call
                when Constant(arg) is { Kind: CelKind.String } text:
                return new(
                    Key(target),
                    call.Function switch { "startsWith" => BasicTest.StartsWith, "endsWith" => BasicTest.EndsWith, _ => BasicTest.Contains },
                    [text]);
            default:
                return new(Printer.Print(expr), BasicTest.Opaque, []);
        }
    }

    private static Outcomes Of(bool value) => value ? Outcomes.True : Outcomes.False;

    // claims["sub"] is claims.sub.
    private static string Key(Expr expr) => expr switch
    {
        SelectExpr { TestOnly: false, Optional: false } select => Key(select.Operand, select.Field),
        IndexExpr { Optional: false, Index: LiteralExpr { Value.Kind: CelKind.String } key } index => Key(index.Operand, key.Value.Text),
        CallExpr { Function: "dyn", Target: null, Args: [var inner] } => Key(inner),
        _ => Printer.Print(expr),
    };

    private static string Key(Expr operand, string field) => $"{Key(operand)}\u0001{field}";

    private static CelValue? Constant(Expr expr) =>
        LintContext.Literal(expr) is { Kind: CelKind.String or CelKind.Int or CelKind.Uint or CelKind.Double or CelKind.Bool or CelKind.Null } constant
        && !(constant.Kind == CelKind.Double && !double.IsFinite(constant.DoubleBits))
            ? constant
            : null;

    private static BasicTest Ordering(Operator op) => op switch
    {
        Operator.Less => BasicTest.Less,
        Operator.LessOrEqual => BasicTest.LessOrEqual,
        Operator.Greater => BasicTest.Greater,
        _ => BasicTest.GreaterOrEqual,
    };
}

internal enum BasicTest : byte
{
    /// <summary>Nothing is known: any outcome, independent of all else.</summary>
    Opaque,
    Presence,
    OneOf,
    StartsWith,
    EndsWith,
    Contains,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}
