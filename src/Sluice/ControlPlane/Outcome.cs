using System.Diagnostics.CodeAnalysis;

namespace Sluice.ControlPlane;

/// <summary>Either a value or the errors that stand in its way.</summary>
internal readonly struct Outcome<T>
    where T : class
{
    private readonly T? _value;
    private readonly IReadOnlyList<ControlError>? _errors;

    private Outcome(T? value, IReadOnlyList<ControlError>? errors)
    {
        _value = value;
        _errors = errors;
    }

    public static implicit operator Outcome<T>(T value) => new(value, null);

    public static implicit operator Outcome<T>(ControlError error) => new(null, [error]);

    public static Outcome<T> Fail(IReadOnlyList<ControlError> errors) => new(null, errors);

    public bool TryGet([NotNullWhen(true)] out T? value, [NotNullWhen(false)] out IReadOnlyList<ControlError>? errors)
    {
        value = _value;
        errors = _errors;
        return value is not null;
    }
}
