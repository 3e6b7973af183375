using Sluice.Cel.Values;

namespace Sluice.Cel.Evaluation;

/// <summary>Fields, keys and indexes: https://github.com/google/cel-spec/blob/master/doc/langdef.md#field-selection.</summary>
internal static class Members
{
    /// <summary><c>operand.field</c>; on an optional the result is optional.</summary>
    public static CelValue Select(in CelValue operand, string field, CelError? missing)
    {
        switch (operand.Kind)
        {
            case CelKind.Map:
                return Collections.TryGetMember(operand, CelValue.Of(field), out var value)
                    ? value
                    : CelValue.Fail(missing ?? NoSuchKey(CelValue.Of(field)));
            case CelKind.Optional:
                return operand.TryGetOptional(out var held) ? OptionalSelect(held, CelValue.Of(field)) : CelValue.None;
            case CelKind.Error:
                return operand;
            default:
                return CelValue.Fail($"a value of type {operand.Type.Name} has no field '{field}'");
        }
    }

    /// <summary><c>operand.?field</c> and <c>operand[?key]</c>.</summary>
    public static CelValue OptionalSelect(in CelValue operand, in CelValue key)
    {
        switch (operand.Kind)
        {
            case CelKind.Error:
                return operand;
            case CelKind.Optional:
                return operand.TryGetOptional(out var held) ? OptionalSelect(held, key) : CelValue.None;
            case CelKind.Map:
                return Collections.TryGetMember(operand, key, out var value) ? CelValue.Some(value) : CelValue.None;
            case CelKind.List when TryIndex(key, out var index):
                return index >= 0 && index < Collections.Count(operand) ? CelValue.Some(Collections.ItemAt(operand, (int)index)) : CelValue.None;
            default:
                return NoMember(operand, key);
        }
    }

    /// <summary><c>operand[key]</c>; on an optional the result is optional.</summary>
    public static CelValue Index(in CelValue operand, in CelValue key)
    {
        switch (operand.Kind)
        {
            case CelKind.Error:
                return operand;
            case CelKind.Optional:
                return operand.TryGetOptional(out var held) ? OptionalSelect(held, key) : CelValue.None;
            case CelKind.Map:
                return Collections.TryGetMember(operand, key, out var value) ? value
                    : CelMap.IsKey(key) || key.Kind == CelKind.Double ? CelValue.Fail(NoSuchKey(key))
                    : CelValue.Fail(ErrorValues.UnsupportedKey);
            case CelKind.List when TryIndex(key, out var index):
                return index >= 0 && index < Collections.Count(operand)
                    ? Collections.ItemAt(operand, (int)index)
                    : CelValue.Fail($"index out of range: {index}");
            default:
                return NoMember(operand, key);
        }
    }

    /// <summary><c>has(operand.field)</c>.</summary>
    public static CelValue Has(in CelValue operand, string field)
    {
        switch (operand.Kind)
        {
            case CelKind.Map:
                return CelValue.Of(Collections.TryGetMember(operand, CelValue.Of(field), out _));
            case CelKind.Optional:
                return operand.TryGetOptional(out var held) ? Has(held, field) : CelValue.False;
            case CelKind.Error:
                return operand;
            default:
                return CelValue.Fail($"a value of type {operand.Type.Name} has no fields");
        }
    }

    public static CelError NoSuchKey(in CelValue key) =>
        new(key.Kind == CelKind.String ? $"no such key: '{key.Text}'" : $"no such key: {key}");

    /// <summary>An index may be any number that is whole.</summary>
    private static bool TryIndex(in CelValue key, out long index)
    {
        switch (key.Kind)
        {
            case CelKind.Int:
                index = key.IntBits;
                return true;
            case CelKind.Uint:
                index = key.UintBits > int.MaxValue ? int.MaxValue : (long)key.UintBits;
                return true;
            case CelKind.Double:
                index = (long)key.DoubleBits;
                return index == key.DoubleBits;
            default:
                index = 0;
                return false;
        }
    }

    private static CelValue NoMember(in CelValue operand, in CelValue key) =>
        CelValue.Fail($"no such overload: {operand.Type.Name} cannot be indexed by {key.Type.Name}");
}
