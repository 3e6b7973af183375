namespace Sluice.Cel.Values;

/// <summary>A value on the heap, for optionals.</summary>
internal sealed class BoxedValue(CelValue value)
{
    public CelValue Value { get; } = value;
}
