namespace Sluice.Cel.Syntax;

internal enum Operator : byte
{
    Or,
    And,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    In,
    Add,
    Subtract,
    Multiply,
    Divide,
    Modulo,
    Not,
    Negate,
}

internal static class Operators
{
    /// <summary>As written in source.</summary>
    public static string Symbol(this Operator op) => op switch
    {
        Operator.Or => "||",
        Operator.And => "&&",
        Operator.Equal => "==",
        Operator.NotEqual => "!=",
        Operator.Less => "<",
        Operator.LessOrEqual => "<=",
        Operator.Greater => ">",
        Operator.GreaterOrEqual => ">=",
        Operator.In => "in",
        Operator.Add => "+",
        Operator.Subtract or Operator.Negate => "-",
        Operator.Multiply => "*",
        Operator.Divide => "/",
        Operator.Modulo => "%",
        _ => "!",
    };

    /// <summary>How tightly it binds: conditional 1, or 2, and 3, relations 4, sums 5, products 6, unary 7.</summary>
    public static int Precedence(this Operator op) => op switch
    {
        Operator.Or => 2,
        Operator.And => 3,
        <= Operator.In => 4,
        Operator.Add or Operator.Subtract => 5,
        Operator.Multiply or Operator.Divide or Operator.Modulo => 6,
        _ => 7,
    };

    public static Operator? Binary(TokenKind token) => token switch
    {
        TokenKind.Or => Operator.Or,
        TokenKind.And => Operator.And,
        TokenKind.Equal => Operator.Equal,
        TokenKind.NotEqual => Operator.NotEqual,
        TokenKind.Less => Operator.Less,
        TokenKind.LessOrEqual => Operator.LessOrEqual,
        TokenKind.Greater => Operator.Greater,
        TokenKind.GreaterOrEqual => Operator.GreaterOrEqual,
        TokenKind.In => Operator.In,
        TokenKind.Plus => Operator.Add,
        TokenKind.Minus => Operator.Subtract,
        TokenKind.Star => Operator.Multiply,
        TokenKind.Slash => Operator.Divide,
        TokenKind.Percent => Operator.Modulo,
        _ => null,
    };
}
