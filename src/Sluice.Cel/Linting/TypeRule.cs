using Sluice.Cel.Syntax;

namespace Sluice.Cel.Linting;

/// <summary>Operators whose sides have no type in common, as far as types can be known: from literals, the checker and the standards for claims.</summary>
internal static class TypeRule
{
    [Flags]
    private enum Kinds
    {
        None = 0,
        Null = 1,
        Bool = 2,
        Number = 4,
        String = 8,
        Bytes = 16,
        List = 32,
        Map = 64,
        Type = 128,
        Timestamp = 256,
        Duration = 512,
        Other = 1024,
        Json = Null | Bool | Number | String | List | Map,
        Any = 2047,
    }

    public static void Check(LintContext context)
    {
        var result = KindsOf(context, context.Root);
        if (!result.HasFlag(Kinds.Bool))
        {
            context.Warn(
                CelLint.NotBoolean,
                context.Root.Span,
                $"the result is {context.Program.ResultType}, not a boolean, so the filter is never true",
                "compare it with something");
        }

        foreach (var binary in LintContext.Everything(context.Root).OfType<BinaryExpr>())
        {
            CheckOperator(context, binary);
        }
    }

    private static void CheckOperator(LintContext context, BinaryExpr binary)
    {
        var left = KindsOf(context, binary.Left);
        var right = KindsOf(context, binary.Right);
        switch (binary.Operator)
        {
            case Operator.Equal or Operator.NotEqual when (left & right) == Kinds.None:
                context.Warn(CelLint.NeverEqual, binary.Span, $"{Name(left)} never equals {Name(right)}", Hint(context, binary, left, right));
                break;
            case Operator.Less or Operator.LessOrEqual or Operator.Greater or Operator.GreaterOrEqual when (left & right) == Kinds.None:
                context.Warn(
                    CelLint.NeverOrdered,
                    binary.Span,
                    $"{Name(left)} and {Name(right)} have no order: this is always an error",
                    Hint(context, binary, left, right));
                break;
            case Operator.In when binary.Right is ListExpr { Items.Length: > 0 } list
                && list.Items.All(item => (KindsOf(context, item.Value) & left) == Kinds.None):
                context.Warn(CelLint.NeverEqual, binary.Span, $"{Name(left)} equals no element of this list", null);
                break;
            case Operator.In when (right & (Kinds.List | Kinds.Map)) == Kinds.None:
                context.Warn(
                    CelLint.InString,
                    binary.Span,
                    $"'in' searches lists and maps, not {Name(right)}: this is always an error",
                    right == Kinds.String ? "to search in a string, write text.contains(\"…\")" : null);
                break;
        }
    }

    private static string? Hint(LintContext context, BinaryExpr binary, Kinds left, Kinds right)
    {
        var claim = context.ClaimName(left == Kinds.Number ? binary.Left : binary.Right);
        return claim is not null && (left | right) == (Kinds.Number | Kinds.Timestamp) ? $"write timestamp(claims.{claim})"
            : (left | right) == (Kinds.Number | Kinds.String) ? "write the number without quotes"
            : null;
    }

    private static Kinds KindsOf(LintContext context, Expr expr)
    {
        if (context.ClaimName(expr) is { } claim)
        {
            return OfClaim(claim);
        }

        return expr switch
        {
            CallExpr { Function: "dyn", Target: null, Args: [var inner] } => KindsOf(context, inner),
            LiteralExpr literal => OfType(literal.Value.Type),
            ConditionalExpr conditional => KindsOf(context, conditional.WhenTrue) | KindsOf(context, conditional.WhenFalse),
            _ when context.IsInsideClaims(expr) => Kinds.Json,
            _ => OfType(context.Program.Tree.TypeOf(expr)),
        };
    }

    // RFC 7519 §4.1, RFC 8693 §4.2 and §4.3, OpenID Connect Core §2.
    private static Kinds OfClaim(string name) => name switch
    {
        "iss" or "sub" or "jti" or "azp" or "client_id" or "nonce" or "acr" => Kinds.String,
        "aud" => Kinds.String | Kinds.List,
        "exp" or "nbf" or "iat" or "auth_time" => Kinds.Number,
        _ => Kinds.Json,
    };

    private static Kinds OfType(CelType type) => type.Kind switch
    {
        CelTypeKind.Null => Kinds.Null,
        CelTypeKind.Bool => Kinds.Bool,
        CelTypeKind.Int or CelTypeKind.Uint or CelTypeKind.Double => Kinds.Number,
        CelTypeKind.String => Kinds.String,
        CelTypeKind.Bytes => Kinds.Bytes,
        CelTypeKind.List => Kinds.List,
        CelTypeKind.Map => Kinds.Map,
        CelTypeKind.Type => Kinds.Type,
        CelTypeKind.Timestamp => Kinds.Timestamp,
        CelTypeKind.Duration => Kinds.Duration,
        CelTypeKind.Opaque => Kinds.Other,
        _ => Kinds.Any,
    };

    private static string Name(Kinds kinds) => kinds switch
    {
        Kinds.Null => "null",
        Kinds.Bool => "a bool",
        Kinds.Number => "a number",
        Kinds.String => "a string",
        Kinds.Bytes => "bytes",
        Kinds.List => "a list",
        Kinds.Map => "a map",
        Kinds.Type => "a type",
        Kinds.Timestamp => "a timestamp",
        Kinds.Duration => "a duration",
        Kinds.String | Kinds.List => "a string or list",
        Kinds.Json => "a JSON value",
        _ => "this value",
    };
}
