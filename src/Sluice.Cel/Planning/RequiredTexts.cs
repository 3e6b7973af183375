using Sluice.Cel.Checking;
using Sluice.Cel.Syntax;

namespace Sluice.Cel.Planning;

/// <summary>Finds <see cref="CelRequiredText"/>: looks through <c>&amp;&amp;</c>, <c>||</c>, <c>==</c> and <c>in</c>; of everything else nothing is known.</summary>
internal sealed class RequiredTexts(CheckedTree tree, string variable)
{
    public IReadOnlyList<CelRequiredText> Of(Expr expr) => expr switch
    {
        LogicalExpr { Operator: Operator.And } all => [.. all.Operands.SelectMany(Of)],
        LogicalExpr { Operator: Operator.Or } any => OfAny(any),
        BinaryExpr { Operator: Operator.Equal } equal => One(MemberOf(equal.Left), TextOf(equal.Right)) ?? One(MemberOf(equal.Right), TextOf(equal.Left)) ?? [],
        BinaryExpr { Operator: Operator.In } held => One(MemberOf(held.Right), TextOf(held.Left)) ?? One(MemberOf(held.Left), TextsOf(held.Right)) ?? [],
        _ => [],
    };

    // Whichever side is true, the member has one of the texts, as long as every side is about it.
    private IReadOnlyList<CelRequiredText> OfAny(LogicalExpr any)
    {
        var sides = Array.ConvertAll(any.Operands, Of);
        return
        [
            .. sides[0]
                .Select(first => first.Member)
                .Distinct(StringComparer.Ordinal)
                .Where(member => Array.TrueForAll(sides, side => side.Any(one => one.Member == member)))
                .Select(member => new CelRequiredText(member, [.. sides.SelectMany(side => side.First(one => one.Member == member).Texts)])),
        ];
    }

    private static IReadOnlyList<CelRequiredText>? One(string? member, IReadOnlyList<string>? texts) =>
        member is not null && texts is { Count: > 0 } ? [new CelRequiredText(member, texts)] : null;

    private string? MemberOf(Expr expr) => expr switch
    {
        SelectExpr { TestOnly: false, Optional: false } select when IsVariable(select.Operand) => select.Field,
        IndexExpr { Optional: false, Index: LiteralExpr { Value.Kind: CelKind.String } name } index when IsVariable(index.Operand) => name.Value.AsString(),
        _ => null,
    };

    private bool IsVariable(Expr expr) => expr is IdentExpr && tree.References[expr.Id]?.Variable == variable;

    private static IReadOnlyList<string>? TextOf(Expr expr) => expr is LiteralExpr { Value.Kind: CelKind.String } text ? [text.Value.AsString()] : null;

    private static IReadOnlyList<string>? TextsOf(Expr expr) =>
        expr is ListExpr list && Array.TrueForAll(list.Items, item => !item.Optional && TextOf(item.Value) is not null)
            ? [.. list.Items.Select(item => TextOf(item.Value)![0])]
            : null;
}
