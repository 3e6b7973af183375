using Sluice.Cel.Checking;
using Sluice.Cel.Evaluation;
using Sluice.Cel.Library;
using Sluice.Cel.Syntax;
using Sluice.Cel.Tracing;

namespace Sluice.Cel.Planning;

/// <summary>Turns a checked tree into steps, with short ways for what filters are made of.</summary>
internal sealed class Planner(CelEnvironment environment, CheckedTree tree, bool traced)
{
    private int _locals;

    /// <param name="environment">Where names are looked up.</param>
    /// <param name="tree">What to plan.</param>
    /// <param name="traced">Every step but literals is written to the frame's recorder.</param>
    public static Plan Plan(CelEnvironment environment, CheckedTree tree, bool traced = false)
    {
        var planner = new Planner(environment, tree, traced);
        var root = planner.Visit(tree.Root, null, 0);
        return new Plan(root, planner._locals, Size(tree.Root), environment.OnlyVariable is not null);
    }

    private PlanNode Visit(Expr expr, Local? scope, int depth)
    {
        var step = Step(expr, scope, depth);
        var isRoot = expr == tree.Root;
        return traced && (isRoot || !IsLiteral(expr)) ? new TraceNode(expr, step, isRoot) : step;
    }

    private static bool IsLiteral(Expr expr) =>
        expr is LiteralExpr || (expr is ListExpr list && list.Items.All(item => !item.Optional && item.Value is LiteralExpr));

    private PlanNode Step(Expr expr, Local? scope, int depth) => expr switch
    {
        LiteralExpr literal => new ConstantNode(expr.Span, literal.Value),
        IdentExpr ident when !ident.Absolute && Local.Find(scope, ident.Name) is { } local => new LocalNode(expr.Span, local.Slot),
        IdentExpr ident => Name(expr, ident.Name, ident.Absolute),
        SelectExpr select => Select(select, scope, depth),
        IndexExpr { Optional: true } index =>
            new OptionalSelectNode(expr.Span, Visit(index.Operand, scope, depth), Visit(index.Index, scope, depth)),
        IndexExpr index => new IndexNode(expr.Span, Visit(index.Operand, scope, depth), Visit(index.Index, scope, depth)),
        CallExpr call => Call(call, scope, depth),
        UnaryExpr { Operator: Operator.Not } unary => new NotNode(expr.Span, Visit(unary.Operand, scope, depth)),
        UnaryExpr unary => new NegateNode(expr.Span, Visit(unary.Operand, scope, depth)),
        BinaryExpr binary => Binary(binary, scope, depth),
        LogicalExpr { Operator: Operator.And } logical => new AndNode(expr.Span, VisitAll(logical.Operands, scope, depth)),
        LogicalExpr logical => new OrNode(expr.Span, VisitAll(logical.Operands, scope, depth)),
        ConditionalExpr conditional => new ConditionalNode(
            expr.Span, Visit(conditional.Condition, scope, depth), Visit(conditional.WhenTrue, scope, depth), Visit(conditional.WhenFalse, scope, depth)),
        ListExpr list => new ListNode(expr.Span, [.. list.Items.Select(item => (Visit(item.Value, scope, depth), item.Optional))]),
        MapExpr map => new MapNode(
            expr.Span, [.. map.Items.Select(item => (Visit(item.Key, scope, depth), Visit(item.Value, scope, depth), item.Optional))]),
        ComprehensionExpr comprehension => Comprehension(comprehension, scope, depth),
        BindExpr bind => Bind(bind, scope, depth),
        _ => throw new NotSupportedException($"No plan for {expr.GetType().Name}."),
    };

    private PlanNode[] VisitAll(Expr[] exprs, Local? scope, int depth) => Array.ConvertAll(exprs, expr => Visit(expr, scope, depth));

    private PlanNode Name(Expr expr, string name, bool absolute) => tree.References[expr.Id] switch
    {
        { Variable: { } variable } => new VariableNode(expr.Span, variable),
        { Constant: { } type } => new ConstantNode(expr.Span, CelValue.Of(type)),
        _ => new DynamicNameNode(expr.Span, environment, name, absolute),
    };

    private PlanNode Select(SelectExpr select, Local? scope, int depth)
    {
        if (tree.References[select.Id] is not null)
        {
            return Name(select, "", absolute: false);
        }

        if (!tree.IsChecked && Names.TryQualified(select, out var name, out var root) && (root.Absolute || Local.Find(scope, root.Name) is null))
        {
            return new DynamicNameNode(select.Span, environment, name, root.Absolute);
        }

        var operand = Visit(select.Operand, scope, depth);
        if (select.Optional)
        {
            return new OptionalSelectNode(select.Span, operand, new ConstantNode(select.FieldSpan, CelValue.Of(select.Field)));
        }

        return select.TestOnly ? new HasNode(select.Span, operand, select.Field) : new SelectNode(select.Span, operand, select.Field);
    }

    private PlanNode Binary(BinaryExpr binary, Local? scope, int depth)
    {
        var left = Visit(binary.Left, scope, depth);
        var right = Visit(binary.Right, scope, depth);
        switch (binary.Operator)
        {
            case Operator.Equal or Operator.NotEqual:
                var negated = binary.Operator == Operator.NotEqual;
                return Text(right) is { } text ? new EqualTextNode(binary.Span, left, text, negated)
                    : Text(left) is { } first ? new EqualTextNode(binary.Span, right, first, negated)
                    : new EqualNode(binary.Span, left, right, negated);
            case Operator.In:
                var general = new InNode(binary.Span, left, right);
                return Text(left) is { } item ? new TextInNode(binary.Span, item, right, general)
                    : Texts(binary.Right) is { } texts ? new InTextsNode(binary.Span, left, texts, general)
                    : general;
            case Operator.Less or Operator.LessOrEqual or Operator.Greater or Operator.GreaterOrEqual:
                return new CompareNode(binary.Span, binary.Operator, left, right);
            default:
                return new ArithmeticNode(binary.Span, binary.Operator, left, right);
        }
    }

    private static string? Text(PlanNode node) => node is ConstantNode { Value: { Kind: CelKind.String } text } ? text.AsString() : null;

    private static string[]? Texts(Expr expr) =>
        expr is ListExpr list && list.Items.All(item => !item.Optional && item.Value is LiteralExpr { Value.Kind: CelKind.String })
            ? [.. list.Items.Select(item => ((LiteralExpr)item.Value).Value.AsString())]
            : null;

    private PlanNode Call(CallExpr call, Local? scope, int depth)
    {
        var qualified = tree.References[call.Id]?.Function;
        var asMember = call.Target is not null && qualified is null;
        if (qualified is null && !tree.IsChecked)
        {
            qualified = FindQualified(call, scope);
            asMember = call.Target is not null && qualified is null;
        }

        var args = VisitAll(call.Args, scope, depth);
        args = asMember ? [Visit(call.Target!, scope, depth), .. args] : args;
        var overloads = environment.FindFunction(qualified ?? call.Function) ?? [];
        overloads = Array.FindAll(overloads, overload => overload.IsMember == asMember);
        if (args.Length == 2 && overloads.Length == 1 && OptionalsLibrary.IsOr(call.Function, overloads[0]))
        {
            return new OptionalOrNode(call.Span, args[0], args[1], unwrap: call.Function == "orValue");
        }

        return Fuse(call, overloads, args) ?? new CallNode(call.Span, call.Function, overloads, args);
    }

    /// <summary>A short way for the standard text functions, unless the environment has overloads of its own.</summary>
    private PlanNode? Fuse(CallExpr call, CelOverload[] overloads, PlanNode[] args)
    {
        if (args.Length != 2 || overloads.Length != 1 || !StandardLibrary.IsStandard(call.Function, overloads[0]))
        {
            return null;
        }

        return (call.Function, Text(args[1])) switch
        {
            ("startsWith", { } text) => new TextTestNode(call.Span, TextTest.StartsWith, args[0], text),
            ("endsWith", { } text) => new TextTestNode(call.Span, TextTest.EndsWith, args[0], text),
            ("contains", { } text) => new TextTestNode(call.Span, TextTest.Contains, args[0], text),
            ("matches", _) => new MatchesNode(call.Span, args[0], args[1], environment.Limits.MaxPatternLength),
            _ => null,
        };
    }

    private string? FindQualified(CallExpr call, Local? scope)
    {
        var name = call.Function;
        var absolute = call.Absolute;
        if (call.Target is not null)
        {
            if (!Names.TryQualified(call.Target, out var prefix, out var root) || (!root.Absolute && Local.Find(scope, root.Name) is not null))
            {
                return null;
            }

            name = $"{prefix}.{name}";
            absolute = root.Absolute;
        }

        return Names.Candidates(environment.Container, name, absolute)
            .FirstOrDefault(candidate => environment.FindFunction(candidate) is not null);
    }

    private ComprehensionNode Comprehension(ComprehensionExpr expr, Local? scope, int depth)
    {
        var range = Visit(expr.Range, scope, depth);
        var inner = new Local(expr.First.Name, depth, scope);
        inner = expr.Second is { } second ? new Local(second.Name, depth + 1, inner) : inner;
        var next = depth + (expr.Second is null ? 1 : 2);
        _locals = Math.Max(_locals, next);
        var filter = expr.Filter is null ? null : Visit(expr.Filter, inner, next);
        return new ComprehensionNode(
            expr.Span, expr.Kind, range, depth, expr.Second is not null, filter, Visit(expr.Body, inner, next), Size(expr.Body) + Size(expr.Filter));
    }

    private PlanNode Bind(BindExpr bind, Local? scope, int depth)
    {
        var value = Visit(bind.Value, scope, depth);
        _locals = Math.Max(_locals, depth + 1);
        var body = Visit(bind.Body, new Local(bind.Variable.Name, depth, scope), depth + 1);
        return bind.Kind == BindKind.Bind
            ? new BindNode(bind.Span, depth, value, body)
            : new OptionalMapNode(bind.Span, depth, value, body, flat: bind.Kind == BindKind.OptFlatMap);
    }

    private static int Size(Expr? expr) => expr is null ? 0 : 1 + expr.Children.Sum(Size);

    /// <summary>A macro's variable and where it is kept.</summary>
    private sealed record Local(string Name, int Slot, Local? Outer)
    {
        public static Local? Find(Local? scope, string name)
        {
            for (; scope is not null && scope.Name != name; scope = scope.Outer)
            {
            }

            return scope;
        }
    }
}
