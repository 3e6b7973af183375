using Sluice.Cel.Syntax;

namespace Sluice.Cel.Checking;

/// <summary>Gives every node a type and every name a meaning, or says what does not fit.</summary>
/// <remarks>https://github.com/google/cel-spec/blob/master/doc/langdef.md#gradual-type-checking</remarks>
internal sealed partial class Checker
{
    private readonly CelEnvironment _environment;
    private readonly string _text;
    private readonly CelType?[] _types;
    private readonly Reference?[] _references;
    private readonly Unifier _unifier = new();
    private readonly List<CelIssue> _issues = [];

    private Checker(CelEnvironment environment, string text, int nodes)
    {
        _environment = environment;
        _text = text;
        _types = new CelType?[nodes];
        _references = new Reference?[nodes];
    }

    public static CheckedTree? Check(CelEnvironment environment, string text, Expr root, int nodes, List<CelIssue> issues)
    {
        var checker = new Checker(environment, text, nodes);
        checker.Visit(root, null);
        issues.AddRange(checker._issues);
        if (checker._issues.Count > 0)
        {
            return null;
        }

        for (var i = 0; i < nodes; i++)
        {
            checker._types[i] = checker._types[i] is { } type ? checker._unifier.Resolve(type, freeToDyn: true) : null;
        }

        return new CheckedTree(root, checker._types, checker._references, IsChecked: true);
    }

    private CelType Visit(Expr expr, Scope? scope)
    {
        var type = expr switch
        {
            LiteralExpr literal => literal.Value.Type,
            IdentExpr ident => VisitIdent(ident, scope),
            SelectExpr select => VisitSelect(select, scope),
            IndexExpr index => VisitIndex(index, scope),
            CallExpr call => VisitCall(call, scope),
            UnaryExpr unary => VisitOperator(unary, unary.Operator, [unary.Operand], scope),
            BinaryExpr binary => VisitOperator(binary, binary.Operator, [binary.Left, binary.Right], scope),
            LogicalExpr logical => VisitLogical(logical, scope),
            ConditionalExpr conditional => VisitConditional(conditional, scope),
            ListExpr list => VisitList(list, scope),
            MapExpr map => VisitMap(map, scope),
            ComprehensionExpr comprehension => VisitComprehension(comprehension, scope),
            BindExpr bind => VisitBind(bind, scope),
            _ => CelType.Dyn,
        };

        _types[expr.Id] = type;
        return type;
    }

    private CelType VisitIdent(IdentExpr ident, Scope? scope)
    {
        if (!ident.Absolute && Scope.Find(scope, ident.Name) is { } local)
        {
            return local.Type;
        }

        return Lookup(ident, ident.Name, ident.Absolute) ?? Fail(
            ident.Span, $"undeclared reference to '{ident.Name}'", SuggestName(ident.Name, scope));
    }

    /// <summary>The type of a variable or type name, remembered as the node's reference.</summary>
    private CelType? Lookup(Expr expr, string name, bool absolute)
    {
        foreach (var candidate in Names.Candidates(_environment.Container, name, absolute))
        {
            if (_environment.FindVariable(candidate) is { } variable)
            {
                _references[expr.Id] = new Reference(Variable: candidate);
                return variable;
            }

            if (_environment.FindTypeName(candidate) is { } type)
            {
                _references[expr.Id] = new Reference(Constant: type);
                return CelType.TypeOf(type);
            }
        }

        return null;
    }

    private CelType VisitSelect(SelectExpr select, Scope? scope)
    {
        // The longest declared name wins: a.b.c may be one variable.
        if (Names.TryQualified(select, out var name, out var root)
            && (root.Absolute || Scope.Find(scope, root.Name) is null)
            && Lookup(select, name, root.Absolute) is { } variable)
        {
            return variable;
        }

        var operand = _unifier.Resolve(Visit(select.Operand, scope), freeToDyn: false);
        var subject = operand.IsOptional ? _unifier.Resolve(operand.Parameters[0], freeToDyn: false) : operand;
        var field = FieldType(select, subject);
        return select.TestOnly ? CelType.Bool : operand.IsOptional || select.Optional ? CelType.Optional(field) : field;
    }

    private CelType FieldType(SelectExpr select, CelType subject)
    {
        switch (subject.Kind)
        {
            case CelTypeKind.Map:
                return _unifier.IsAssignable(CelType.String, subject.Parameters[0])
                    ? subject.Parameters[1]
                    : Fail(select.FieldSpan, $"{subject} has no string keys: '{select.Field}' cannot be one of its fields", "write x[key]");
            case CelTypeKind.Dyn or CelTypeKind.Error or CelTypeKind.Parameter:
                return CelType.Dyn;
            default:
                return Fail(select.FieldSpan, $"a value of type {subject} has no field '{select.Field}'", SuggestMethod(select));
        }
    }

    private string? SuggestMethod(SelectExpr select) =>
        _environment.FindFunction(select.Field) is not null ? $"did you mean \"{select.Field}(…)\"?" : null;

    private CelType VisitIndex(IndexExpr index, Scope? scope)
    {
        var operand = _unifier.Resolve(Visit(index.Operand, scope), freeToDyn: false);
        var key = Visit(index.Index, scope);
        var subject = operand.IsOptional ? operand.Parameters[0] : operand;
        var result = Resolve(OperatorTypes.Index, [subject, key]);
        if (result is null)
        {
            return Fail(index.Index.Span, $"{Show(subject)} cannot be indexed by {Show(key)}", null);
        }

        return operand.IsOptional || index.Optional ? CelType.Optional(result) : result;
    }

    private CelType VisitOperator(Expr expr, Operator op, Expr[] operands, Scope? scope)
    {
        var types = new CelType[operands.Length];
        for (var i = 0; i < operands.Length; i++)
        {
            types[i] = Visit(operands[i], scope);
        }

        return Resolve(OperatorTypes.Of(op), types) ?? FailOperator(expr, op, types);
    }

    private CelType FailOperator(Expr expr, Operator op, CelType[] types)
    {
        if (types.Length == 1)
        {
            return Fail(expr.Span, $"'{op.Symbol()}' cannot take {Show(types[0])}", null);
        }

        var hint = op switch
        {
            Operator.In when types[1].Kind == CelTypeKind.String => "to search in a string, write text.contains(\"…\")",
            Operator.Equal or Operator.NotEqual when types[1].Kind == CelTypeKind.List => "to test for one of several values, write: value in list",
            Operator.Equal or Operator.NotEqual => "values of different types are never equal",
            _ => null,
        };

        return Fail(expr.Span, $"'{op.Symbol()}' cannot take {Show(types[0])} and {Show(types[1])}", hint);
    }

    private CelType VisitLogical(LogicalExpr logical, Scope? scope)
    {
        foreach (var operand in logical.Operands)
        {
            var type = Visit(operand, scope);
            if (!_unifier.IsAssignable(type, CelType.Bool))
            {
                Fail(operand.Span, $"'{logical.Operator.Symbol()}' needs bool, this is {Show(type)}", null);
            }
        }

        return CelType.Bool;
    }

    private CelType VisitConditional(ConditionalExpr expr, Scope? scope)
    {
        var condition = Visit(expr.Condition, scope);
        var whenTrue = Visit(expr.WhenTrue, scope);
        var whenFalse = Visit(expr.WhenFalse, scope);
        if (!_unifier.IsAssignable(condition, CelType.Bool))
        {
            return Fail(expr.Condition.Span, $"the condition before '?' must be bool, this is {Show(condition)}", null);
        }

        return Resolve(OperatorTypes.Conditional, [condition, whenTrue, whenFalse])
            ?? Fail(expr.Span, $"both outcomes must have one type, these are {Show(whenTrue)} and {Show(whenFalse)}", "wrap one in dyn()");
    }

    private CelType VisitList(ListExpr list, Scope? scope)
    {
        CelType? element = null;
        foreach (var item in list.Items)
        {
            var type = Visit(item.Value, scope);
            element = _unifier.Join(element, item.Optional ? Unwrap(item.Value, type) : type);
        }

        return CelType.List(element ?? _unifier.NewVariable());
    }

    private CelType VisitMap(MapExpr map, Scope? scope)
    {
        CelType? key = null;
        CelType? value = null;
        foreach (var item in map.Items)
        {
            key = _unifier.Join(key, Visit(item.Key, scope));
            var type = Visit(item.Value, scope);
            value = _unifier.Join(value, item.Optional ? Unwrap(item.Value, type) : type);
        }

        return CelType.Map(key ?? _unifier.NewVariable(), value ?? _unifier.NewVariable());
    }

    private CelType Unwrap(Expr expr, CelType type)
    {
        type = _unifier.Resolve(type, freeToDyn: false);
        return type.IsOptional ? type.Parameters[0]
            : type.Kind is CelTypeKind.Dyn or CelTypeKind.Error or CelTypeKind.Parameter ? CelType.Dyn
            : Fail(expr.Span, $"'?' needs an optional value, this is {Show(type)}", "write optional.of(…), or leave the '?' out");
    }

    /// <summary>The result type of the overloads that fit: theirs if they agree, else <c>dyn</c>; null when none fits.</summary>
    private CelType? Resolve(ReadOnlySpan<CelOverload> overloads, ReadOnlySpan<CelType> args)
    {
        CelType? result = null;
        foreach (var overload in overloads)
        {
            if (overload.IsVariadic)
            {
                return ResolveVariadic(overload, args);
            }

            if (overload.ParameterTypes.Length != args.Length)
            {
                continue;
            }

            var parameters = overload.ParameterTypes;
            var declared = overload.Result;
            if (overload.IsGeneric)
            {
                var renamed = new Dictionary<string, CelType>(StringComparer.Ordinal);
                parameters = Array.ConvertAll(parameters, parameter => _unifier.Freshen(parameter, renamed));
                declared = _unifier.Freshen(declared, renamed);
            }

            if (_unifier.AreAssignable(args, parameters))
            {
                var found = _unifier.Resolve(declared, freeToDyn: false);
                result = result is null || result.Equals(found) ? found : CelType.Dyn;
            }
        }

        return result;
    }

    /// <summary>Every argument a number (or all in one list); the result is their common type.</summary>
    private CelType? ResolveVariadic(CelOverload overload, ReadOnlySpan<CelType> args)
    {
        CelType? result = null;
        foreach (var arg in args)
        {
            var type = _unifier.Resolve(arg, freeToDyn: false);
            if (type.Kind == CelTypeKind.List && args.Length == 1)
            {
                type = _unifier.Resolve(type.Parameters[0], freeToDyn: true);
            }

            if (type.Kind is not (CelTypeKind.Int or CelTypeKind.Uint or CelTypeKind.Double or CelTypeKind.Dyn or CelTypeKind.Error))
            {
                return null;
            }

            result = _unifier.Join(result, type);
        }

        return result is null || overload.IsGeneric ? result : overload.Result;
    }

    private CelType Fail(SourceSpan span, string message, string? hint)
    {
        // One fault tends to bring others: a few are enough to work with.
        if (_issues.Count < 20)
        {
            _issues.Add(new CelIssue(_text, span, message, hint));
        }

        return CelType.Error;
    }

    private string Show(CelType type) => _unifier.Resolve(type, freeToDyn: true).ToString();
}
