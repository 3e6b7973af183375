using Sluice.Cel.Syntax;

namespace Sluice.Cel.Checking;

/// <summary>Signatures of the operators: https://github.com/google/cel-spec/blob/master/doc/langdef.md#list-of-standard-definitions.</summary>
internal static class OperatorTypes
{
    private static readonly CelType A = CelType.Parameter("A");
    private static readonly CelType B = CelType.Parameter("B");
    private static readonly CelType[] Numbers = [CelType.Int, CelType.Uint, CelType.Double];

    private static readonly CelOverload[] Equality = [Sign("equals", CelType.Bool, A, A)];

    private static readonly CelOverload[] Ordering =
    [
        .. new[] { CelType.Bool, CelType.String, CelType.Bytes, CelType.Timestamp, CelType.Duration }
            .Select(type => Sign("order", CelType.Bool, type, type)),
        .. Numbers.SelectMany(_ => Numbers, (left, right) => Sign("order", CelType.Bool, left, right)),
    ];

    private static readonly CelOverload[] Membership =
    [
        Sign("in_list", CelType.Bool, A, CelType.List(A)),
        Sign("in_map", CelType.Bool, A, CelType.Map(A, B)),
    ];

    private static readonly CelOverload[] Addition =
    [
        .. Same(CelType.Int, CelType.Uint, CelType.Double, CelType.String, CelType.Bytes, CelType.List(A), CelType.Duration),
        Sign("add", CelType.Timestamp, CelType.Timestamp, CelType.Duration),
        Sign("add", CelType.Timestamp, CelType.Duration, CelType.Timestamp),
    ];

    private static readonly CelOverload[] Subtraction =
    [
        .. Same(CelType.Int, CelType.Uint, CelType.Double, CelType.Duration),
        Sign("subtract", CelType.Duration, CelType.Timestamp, CelType.Timestamp),
        Sign("subtract", CelType.Timestamp, CelType.Timestamp, CelType.Duration),
    ];

    private static readonly CelOverload[] Product = Same(Numbers);

    private static readonly CelOverload[] Modulo = Same(CelType.Int, CelType.Uint);

    private static readonly CelOverload[] Negation = [Sign("negate", CelType.Int, CelType.Int), Sign("negate", CelType.Double, CelType.Double)];

    private static readonly CelOverload[] Not = [Sign("not", CelType.Bool, CelType.Bool)];

    public static CelOverload[] Conditional { get; } = [Sign("conditional", A, CelType.Bool, A, A)];

    public static CelOverload[] Index { get; } =
    [
        Sign("index_list", A, CelType.List(A), CelType.Int),
        Sign("index_map", B, CelType.Map(A, B), A),
    ];

    public static CelOverload[] Of(Operator op) => op switch
    {
        Operator.Equal or Operator.NotEqual => Equality,
        Operator.Less or Operator.LessOrEqual or Operator.Greater or Operator.GreaterOrEqual => Ordering,
        Operator.In => Membership,
        Operator.Add => Addition,
        Operator.Subtract => Subtraction,
        Operator.Multiply or Operator.Divide => Product,
        Operator.Modulo => Modulo,
        Operator.Negate => Negation,
        _ => Not,
    };

    private static CelOverload[] Same(params CelType[] types) => [.. types.Select(type => Sign("same", type, type, type))];

    private static CelOverload Sign(string id, CelType result, params CelType[] parameters) => new(id, false, parameters, result, null);
}
