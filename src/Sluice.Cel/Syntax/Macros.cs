namespace Sluice.Cel.Syntax;

/// <summary>The macros that an environment knows.</summary>
/// <remarks>https://github.com/google/cel-spec/blob/master/doc/langdef.md#macros. A call of another shape is an ordinary call.</remarks>
internal sealed record Macros
{
    public static readonly Macros Standard = new();

    public static readonly Macros None = new() { Enabled = false };

    public bool Enabled { get; init; } = true;

    /// <summary><c>?.</c>, <c>[?]</c>, <c>{?k: v}</c>, <c>optMap</c>, <c>optFlatMap</c>.</summary>
    public bool OptionalSyntax { get; init; }

    /// <summary><c>cel.bind</c>.</summary>
    public bool Bindings { get; init; }

    /// <summary><c>all(i, v, …)</c>, <c>transformList</c>, …</summary>
    public bool TwoVariables { get; init; }

    /// <returns>The expansion, or null when the call is not a macro.</returns>
    public Expr? TryExpand(Parser parser, Expr? target, Token name, bool absolute, Expr[] args, SourceSpan span)
    {
        if (!Enabled || absolute)
        {
            return null;
        }

        if (target is null)
        {
            return name.Text == "has" && args.Length == 1 ? ExpandHas(parser, args[0], span) : null;
        }

        return (name.Text, args.Length) switch
        {
            ("all", 2) => Quantifier(ComprehensionKind.All),
            ("exists", 2) => Quantifier(ComprehensionKind.Exists),
            ("exists_one" or "existsOne", 2) => Quantifier(ComprehensionKind.ExistsOne),
            ("filter", 2) => Comprehension(ComprehensionKind.Filter, variables: 1, filter: null, args[1]),
            ("map", 2) => Comprehension(ComprehensionKind.Map, variables: 1, filter: null, args[1]),
            ("map", 3) => Comprehension(ComprehensionKind.Map, variables: 1, args[1], args[2]),
            ("all", 3) when TwoVariables => Pairs(ComprehensionKind.All),
            ("exists", 3) when TwoVariables => Pairs(ComprehensionKind.Exists),
            ("exists_one" or "existsOne", 3) when TwoVariables => Pairs(ComprehensionKind.ExistsOne),
            ("transformList", 3 or 4) when TwoVariables => Pairs(ComprehensionKind.Map),
            ("transformMap", 3 or 4) when TwoVariables => Pairs(ComprehensionKind.TransformMap),
            ("transformMapEntry", 3 or 4) when TwoVariables => Pairs(ComprehensionKind.TransformMapEntry),
            ("optMap", 2) when OptionalSyntax => Bind(BindKind.OptMap, args[0], target, args[1]),
            ("optFlatMap", 2) when OptionalSyntax => Bind(BindKind.OptFlatMap, args[0], target, args[1]),
            ("bind", 3) when Bindings && target is IdentExpr { Name: "cel", Absolute: false } => Bind(BindKind.Bind, args[0], args[1], args[2]),
            _ => null,
        };

        Expr Quantifier(ComprehensionKind kind) => Comprehension(kind, variables: 1, filter: null, args[1]);

        Expr Pairs(ComprehensionKind kind) =>
            args.Length == 4 ? Comprehension(kind, variables: 2, args[2], args[3]) : Comprehension(kind, variables: 2, filter: null, args[2]);

        Expr Comprehension(ComprehensionKind kind, int variables, Expr? filter, Expr body)
        {
            LocalName second = default;
            if (!TryVariable(parser, name.Text, args[0], out var first) || (variables == 2 && !TryVariable(parser, name.Text, args[1], out second)))
            {
                return args[0];
            }

            return variables == 2 && first.Name == second.Name
                ? parser.Fail(second.Span, $"{name.Text}() needs two different variables", null)
                : parser.Checked(new ComprehensionExpr(
                    parser.NewId(), span, kind, name.Text, target, first, variables == 2 ? second : null, filter, body));
        }

        Expr Bind(BindKind kind, Expr variable, Expr value, Expr body) =>
            TryVariable(parser, name.Text, variable, out var local)
                ? parser.Checked(new BindExpr(parser.NewId(), span, kind, local, value, body))
                : variable;
    }

    private static bool TryVariable(Parser parser, string macro, Expr expr, out LocalName variable)
    {
        if (expr is IdentExpr { Absolute: false } ident)
        {
            variable = new LocalName(ident.Name, ident.Span);
            return true;
        }

        parser.Fail(expr.Span, $"{macro}() needs a plain variable name here", "write a name such as x");
        variable = default;
        return false;
    }

    private static Expr ExpandHas(Parser parser, Expr arg, SourceSpan span) =>
        arg is SelectExpr { TestOnly: false } select
            ? parser.Checked(new SelectExpr(
                parser.NewId(), span, select.Operand, select.Field, select.FieldSpan, testOnly: true, select.Optional))
            : parser.Fail(arg.Span, "has() needs a field selection", "write has(claims.sub)");
}
