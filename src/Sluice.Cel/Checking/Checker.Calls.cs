using Sluice.Cel.Syntax;

namespace Sluice.Cel.Checking;

// Functions, and macros that declare variables.
internal sealed partial class Checker
{
    private CelType VisitCall(CallExpr call, Scope? scope)
    {
        if (call.Target is null)
        {
            foreach (var candidate in Names.Candidates(_environment.Container, call.Function, call.Absolute))
            {
                if (_environment.FindFunction(candidate) is { } function)
                {
                    return VisitOverloads(call, candidate, function, null, scope);
                }
            }

            VisitArguments(call, null, scope);
            return FailFunction(call, null);
        }

        // math.abs(x) looks like a method of a variable called math; the namespaced function wins.
        if (Names.TryQualified(call.Target, out var prefix, out var root) && (root.Absolute || Scope.Find(scope, root.Name) is null))
        {
            foreach (var candidate in Names.Candidates(_environment.Container, $"{prefix}.{call.Function}", root.Absolute))
            {
                if (_environment.FindFunction(candidate) is { } function)
                {
                    return VisitOverloads(call, candidate, function, null, scope);
                }
            }
        }

        if (_environment.FindFunction(call.Function) is { } method)
        {
            return VisitOverloads(call, null, method, call.Target, scope);
        }

        var target = Visit(call.Target, scope);
        VisitArguments(call, null, scope);
        return target.Kind == CelTypeKind.Error ? target : FailFunction(call, target);
    }

    private CelType VisitOverloads(CallExpr call, string? qualified, CelOverload[] overloads, Expr? target, Scope? scope)
    {
        if (qualified is not null)
        {
            _references[call.Id] = new Reference(Function: qualified);
        }

        var types = VisitArguments(call, target, scope);
        var candidates = overloads.Where(overload => overload.IsMember == target is not null).ToArray();
        if (Resolve(candidates, types) is { } result)
        {
            return result;
        }

        return Array.Exists(types, type => type.Kind == CelTypeKind.Error) ? CelType.Error : FailOverload(call, overloads, types, target);
    }

    private CelType[] VisitArguments(CallExpr call, Expr? target, Scope? scope)
    {
        var types = new List<CelType>();
        if (target is not null)
        {
            types.Add(Visit(target, scope));
        }

        foreach (var arg in call.Args)
        {
            types.Add(Visit(arg, scope));
        }

        return [.. types];
    }

    private CelType FailFunction(CallExpr call, CelType? target)
    {
        if (call.Function is "has" && target is null)
        {
            return Fail(call.Span, "has() takes one field selection", "write has(claims.sub)");
        }

        if (MacroShapes.TryGetValue(call.Function, out var shape))
        {
            return Fail(call.Span, $"{call.Function}() is used in another way", $"write {shape}");
        }

        var closest = Suggestions.Closest(call.Function, _environment.FunctionNames.Concat(target is null ? [] : MacroShapes.Keys));
        return Fail(
            call.NameSpan,
            target is null ? $"there is no function '{call.Function}'" : $"there is no function '{call.Function}' for {Show(target)}",
            closest is null ? null : $"did you mean \"{closest}\"?");
    }

    private static readonly Dictionary<string, string> MacroShapes = new(StringComparer.Ordinal)
    {
        ["all"] = "list.all(x, condition)",
        ["exists"] = "list.exists(x, condition)",
        ["exists_one"] = "list.exists_one(x, condition)",
        ["filter"] = "list.filter(x, condition)",
        ["map"] = "list.map(x, expression)",
    };

    private CelType FailOverload(CallExpr call, CelOverload[] overloads, CelType[] types, Expr? target)
    {
        var args = string.Join(", ", types.Skip(target is null ? 0 : 1).Select(Show));
        var written = target is null ? $"{call.Function}({args})" : $"{Show(types[0])}.{call.Function}({args})";
        var forms = overloads
            .Select(overload => overload.IsMember
                ? $"{overload.Parameters[0]}.{call.Function}({string.Join(", ", overload.Parameters.Skip(1))})"
                : $"{call.Function}({string.Join(", ", overload.Parameters)})")
            .Distinct(StringComparer.Ordinal)
            .Take(4);
        return Fail(call.Span, $"no form of '{call.Function}' takes {written}", $"known forms: {string.Join("; ", forms)}");
    }

    private CelType VisitComprehension(ComprehensionExpr expr, Scope? scope)
    {
        var range = _unifier.Resolve(Visit(expr.Range, scope), freeToDyn: false);
        CelType first, second;
        switch (range.Kind)
        {
            case CelTypeKind.List:
                first = expr.Second is null ? range.Parameters[0] : CelType.Int;
                second = range.Parameters[0];
                break;
            case CelTypeKind.Map:
                first = range.Parameters[0];
                second = range.Parameters[1];
                break;
            case CelTypeKind.Dyn or CelTypeKind.Error or CelTypeKind.Parameter:
                first = second = CelType.Dyn;
                break;
            default:
                first = second = Fail(expr.Range.Span, $"{expr.Name}() needs a list or a map, this is {Show(range)}", null);
                break;
        }

        var inner = new Scope(expr.First.Name, first, scope);
        inner = expr.Second is { } variable ? new Scope(variable.Name, second, inner) : inner;
        if (expr.Filter is not null)
        {
            RequireBool(expr, expr.Filter, Visit(expr.Filter, inner));
        }

        var body = Visit(expr.Body, inner);
        switch (expr.Kind)
        {
            case ComprehensionKind.Map:
                return CelType.List(body);
            case ComprehensionKind.TransformMap:
                return CelType.Map(range.Kind == CelTypeKind.List ? CelType.Int : first, body);
            case ComprehensionKind.TransformMapEntry:
                var entry = _unifier.Resolve(body, freeToDyn: false);
                return entry.Kind is CelTypeKind.Map ? entry
                    : entry.Kind is CelTypeKind.Dyn or CelTypeKind.Error ? CelType.Map(CelType.Dyn, CelType.Dyn)
                    : Fail(expr.Body.Span, $"{expr.Name}() needs a map of one entry, this is {Show(body)}", "write {key: value}");
            case ComprehensionKind.Filter:
                RequireBool(expr, expr.Body, body);
                return CelType.List(first);
            default:
                RequireBool(expr, expr.Body, body);
                return CelType.Bool;
        }
    }

    private void RequireBool(ComprehensionExpr macro, Expr condition, CelType type)
    {
        if (!_unifier.IsAssignable(type, CelType.Bool))
        {
            Fail(condition.Span, $"the condition of {macro.Name}() must be bool, this is {Show(type)}", null);
        }
    }

    private CelType VisitBind(BindExpr bind, Scope? scope)
    {
        var value = _unifier.Resolve(Visit(bind.Value, scope), freeToDyn: false);
        if (bind.Kind == BindKind.Bind)
        {
            return Visit(bind.Body, new Scope(bind.Variable.Name, value, scope));
        }

        var held = Unwrap(bind.Value, value);
        var body = Visit(bind.Body, new Scope(bind.Variable.Name, held, scope));
        return bind.Kind == BindKind.OptMap ? CelType.Optional(body) : CelType.Optional(Unwrap(bind.Body, body));
    }

    private string? SuggestName(string name, Scope? scope)
    {
        var locals = new List<string>();
        for (var outer = scope; outer is not null; outer = outer.Outer)
        {
            locals.Add(outer.Name);
        }

        if (Suggestions.Closest(name, _environment.VariableNames.Concat(locals)) is { } closest)
        {
            return $"did you mean \"{closest}\"?";
        }

        // With one map of claims in scope, a bare name is most likely one of them.
        var maps = _environment.VariableNames.Where(variable => _environment.FindVariable(variable)!.Kind == CelTypeKind.Map).Take(2).ToArray();
        return maps.Length == 1 ? $"did you mean \"{maps[0]}.{name}\"?" : null;
    }
}
