namespace Sluice.Cel;

/// <summary>What a function does. In a method call the first argument is the target. Errors are values; it must not throw.</summary>
public delegate CelValue CelFunction(ReadOnlySpan<CelValue> args);

/// <summary>One signature of a function, and what it does.</summary>
public sealed class CelOverload
{
    /// <param name="id">Unique among all overloads, such as <c>string_to_int</c>.</param>
    /// <param name="isMember">Called as <c>target.function(args)</c>.</param>
    /// <param name="parameters">The target first, when <paramref name="isMember"/>.</param>
    /// <param name="result">The result's type.</param>
    /// <param name="function">What it does; null when it can only be checked, not run.</param>
    public CelOverload(string id, bool isMember, CelType[] parameters, CelType result, CelFunction? function)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        Id = id;
        IsMember = isMember;
        ParameterTypes = parameters;
        Result = result;
        Function = function;
        IsGeneric = parameters.Any(HasVariable) || HasVariable(result);
    }

    /// <summary>Unique among all overloads.</summary>
    public string Id { get; }

    /// <summary>Called as <c>target.function(args)</c>.</summary>
    public bool IsMember { get; }

    /// <summary>Types of the arguments, the target first.</summary>
    public IReadOnlyList<CelType> Parameters => ParameterTypes;

    /// <summary>The type of the result.</summary>
    public CelType Result { get; }

    /// <summary>What it does; null when it can only be checked.</summary>
    public CelFunction? Function { get; }

    /// <summary>Takes one or more arguments of the one parameter's type; results agree as in a list literal.</summary>
    internal bool IsVariadic { get; init; }

    internal CelType[] ParameterTypes { get; }

    internal bool IsGeneric { get; }

    internal bool Accepts(ReadOnlySpan<CelValue> args)
    {
        if (IsVariadic)
        {
            return true;
        }

        if (args.Length != ParameterTypes.Length)
        {
            return false;
        }

        for (var i = 0; i < args.Length; i++)
        {
            if (!Accepts(ParameterTypes[i], args[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Accepts(CelType type, in CelValue value) => type.Kind switch
    {
        CelTypeKind.Dyn or CelTypeKind.Parameter => true,
        CelTypeKind.Null => value.Kind == CelKind.Null,
        CelTypeKind.Bool => value.Kind == CelKind.Bool,
        CelTypeKind.Int => value.Kind == CelKind.Int,
        CelTypeKind.Uint => value.Kind == CelKind.Uint,
        CelTypeKind.Double => value.Kind == CelKind.Double,
        CelTypeKind.String => value.Kind == CelKind.String,
        CelTypeKind.Bytes => value.Kind == CelKind.Bytes,
        CelTypeKind.List => value.Kind == CelKind.List,
        CelTypeKind.Map => value.Kind == CelKind.Map,
        CelTypeKind.Type => value.Kind == CelKind.Type,
        CelTypeKind.Timestamp => value.Kind == CelKind.Timestamp,
        CelTypeKind.Duration => value.Kind == CelKind.Duration,
        CelTypeKind.Opaque when type.IsOptional => value.Kind == CelKind.Optional,
        CelTypeKind.Opaque => value.Kind == CelKind.Opaque && value.Type.Name == type.Name,
        _ => false,
    };

    private static bool HasVariable(CelType type) =>
        type.Kind == CelTypeKind.Parameter || type.Parameters.Any(HasVariable);
}
