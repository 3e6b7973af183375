using System.Diagnostics.CodeAnalysis;

namespace Sluice.Kafka;

/// <summary>Either a value or the <see cref="KafkaError"/> that stands in its place.</summary>
public readonly struct KafkaResult<T>
{
    private readonly T? _value;

    public KafkaResult(T value) => _value = value;

    public KafkaResult(KafkaError error) => Error = error;

    /// <summary><see cref="KafkaErrorCode.None"/> on success.</summary>
    public KafkaError Error { get; }

    public bool IsSuccess => Error.Code == KafkaErrorCode.None;

    /// <summary>The value.</summary>
    /// <exception cref="InvalidOperationException">There is none: ask <see cref="TryGet"/> first.</exception>
    public T Value => IsSuccess ? _value! : throw new InvalidOperationException($"No value: {Error.Code} {Error.Message}");

    public bool TryGet([MaybeNullWhen(false)] out T value, out KafkaError error)
    {
        value = _value;
        error = Error;
        return IsSuccess;
    }

    public static implicit operator KafkaResult<T>(T value) => new(value);

    public static implicit operator KafkaResult<T>(KafkaError error) => new(error);
}

/// <summary>The value of an operation that only succeeds or fails.</summary>
public readonly record struct Done;
