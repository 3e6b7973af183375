namespace Sluice.Cel.Checking;

/// <summary>What type variables stand for, found out while checking.</summary>
/// <remarks>
/// Gradual typing: <c>dyn</c> agrees with everything and is the most general. A failed attempt leaves no trace:
/// bindings are logged and undone.
/// </remarks>
internal sealed class Unifier
{
    private readonly Dictionary<string, CelType> _bindings = new(StringComparer.Ordinal);
    private readonly List<(string Name, CelType? Before)> _trail = [];
    private int _fresh;

    public CelType NewVariable() => CelType.Parameter($"${_fresh++}");

    /// <summary>Whether a value of type <paramref name="actual"/> can stand where <paramref name="wanted"/> is needed.</summary>
    public bool IsAssignable(CelType actual, CelType wanted)
    {
        var mark = _trail.Count;
        if (Unify(actual, wanted))
        {
            return true;
        }

        Undo(mark);
        return false;
    }

    public bool AreAssignable(ReadOnlySpan<CelType> actual, ReadOnlySpan<CelType> wanted)
    {
        if (actual.Length != wanted.Length)
        {
            return false;
        }

        var mark = _trail.Count;
        for (var i = 0; i < actual.Length; i++)
        {
            if (!Unify(actual[i], wanted[i]))
            {
                Undo(mark);
                return false;
            }
        }

        return true;
    }

    /// <summary>The type of an aggregate that holds both: the more general of the two, or <c>dyn</c>.</summary>
    public CelType Join(CelType? first, CelType second) =>
        first is null ? second : IsAssignable(first, second) ? MoreGeneral(first, second) : CelType.Dyn;

    /// <summary>Replaces type variables by what they stand for; free ones stay, or become <c>dyn</c>.</summary>
    public CelType Resolve(CelType type, bool freeToDyn)
    {
        if (type.Kind == CelTypeKind.Parameter)
        {
            return _bindings.TryGetValue(type.Name, out var bound) ? Resolve(bound, freeToDyn) : freeToDyn ? CelType.Dyn : type;
        }

        if (type.Parameters.Count == 0)
        {
            return type;
        }

        var parameters = new CelType[type.Parameters.Count];
        for (var i = 0; i < parameters.Length; i++)
        {
            parameters[i] = Resolve(type.Parameters[i], freeToDyn);
        }

        return type.WithParameters(parameters);
    }

    /// <summary>A copy of an overload's types in which each type variable is new.</summary>
    public CelType Freshen(CelType type, Dictionary<string, CelType> renamed)
    {
        if (type.Kind == CelTypeKind.Parameter)
        {
            if (!renamed.TryGetValue(type.Name, out var variable))
            {
                variable = NewVariable();
                renamed.Add(type.Name, variable);
            }

            return variable;
        }

        if (type.Parameters.Count == 0)
        {
            return type;
        }

        var parameters = new CelType[type.Parameters.Count];
        for (var i = 0; i < parameters.Length; i++)
        {
            parameters[i] = Freshen(type.Parameters[i], renamed);
        }

        return type.WithParameters(parameters);
    }

    // null stands in for the values of some types; those types say more than it does.
    private static CelType MoreGeneral(CelType first, CelType second) =>
        first.Kind == CelTypeKind.Null && !IsOpen(second) ? second
        : second.Kind == CelTypeKind.Null && !IsOpen(first) ? first
        : IsAtLeastAsGeneral(first, second) ? first
        : second;

    private static bool IsOpen(CelType type) => type.Kind is CelTypeKind.Dyn or CelTypeKind.Parameter or CelTypeKind.Error;

    private static bool IsAtLeastAsGeneral(CelType first, CelType second)
    {
        if (first.IsDyn || first.Kind == CelTypeKind.Parameter)
        {
            return true;
        }

        if (first.Kind == CelTypeKind.Type && second.Kind == CelTypeKind.Type)
        {
            return true;
        }

        if (second.IsDyn || second.Kind == CelTypeKind.Parameter || first.Kind != second.Kind || first.Name != second.Name
            || first.Parameters.Count != second.Parameters.Count)
        {
            return false;
        }

        for (var i = 0; i < first.Parameters.Count; i++)
        {
            if (!IsAtLeastAsGeneral(first.Parameters[i], second.Parameters[i]))
            {
                return false;
            }
        }

        return true;
    }

    private bool Unify(CelType first, CelType second)
    {
        if (second.Kind == CelTypeKind.Parameter)
        {
            var agreed = Bind(second, first, out var wasBound);
            if (agreed || wasBound)
            {
                return agreed;
            }
        }

        if (first.Kind == CelTypeKind.Parameter)
        {
            return Bind(first, second, out _);
        }

        if (first.Kind is CelTypeKind.Dyn or CelTypeKind.Error || second.Kind is CelTypeKind.Dyn or CelTypeKind.Error)
        {
            return true;
        }

        if (first.Kind == CelTypeKind.Null || second.Kind == CelTypeKind.Null)
        {
            // null stands in for message-like values; the only ones here are time and the types of extensions.
            var other = first.Kind == CelTypeKind.Null ? second : first;
            return other.Kind is CelTypeKind.Null or CelTypeKind.Timestamp or CelTypeKind.Duration or CelTypeKind.Opaque;
        }

        if (first.Kind != second.Kind || first.Name != second.Name)
        {
            return false;
        }

        if (first.Kind == CelTypeKind.Type)
        {
            return true;
        }

        if (first.Parameters.Count != second.Parameters.Count)
        {
            return false;
        }

        for (var i = 0; i < first.Parameters.Count; i++)
        {
            if (!Unify(first.Parameters[i], second.Parameters[i]))
            {
                return false;
            }
        }

        return true;
    }

    private bool Bind(CelType variable, CelType type, out bool wasBound)
    {
        wasBound = true;
        if (variable.Equals(type))
        {
            return true;
        }

        if (_bindings.TryGetValue(variable.Name, out var bound))
        {
            if (type.Equals(bound))
            {
                return true;
            }

            if (!Unify(type, bound))
            {
                return false;
            }

            var general = MoreGeneral(type, bound);
            if (!Occurs(variable, general))
            {
                Set(variable.Name, general);
            }

            return true;
        }

        wasBound = false;
        if (Occurs(variable, type))
        {
            return false;
        }

        Set(variable.Name, type);
        return true;
    }

    private bool Occurs(CelType variable, CelType within)
    {
        if (within.Kind == CelTypeKind.Parameter)
        {
            return variable.Equals(within) || (_bindings.TryGetValue(within.Name, out var bound) && Occurs(variable, bound));
        }

        foreach (var parameter in within.Parameters)
        {
            if (Occurs(variable, parameter))
            {
                return true;
            }
        }

        return false;
    }

    private void Set(string name, CelType type)
    {
        _trail.Add((name, _bindings.GetValueOrDefault(name)));
        _bindings[name] = type;
    }

    private void Undo(int mark)
    {
        for (var i = _trail.Count - 1; i >= mark; i--)
        {
            var (name, before) = _trail[i];
            if (before is null)
            {
                _bindings.Remove(name);
            }
            else
            {
                _bindings[name] = before;
            }
        }

        _trail.RemoveRange(mark, _trail.Count - mark);
    }
}
