namespace Sluice.Cel.Values;

/// <summary>A value of an extension's own type. Equality is the subclass's <see cref="object.Equals(object)"/>.</summary>
internal abstract class OpaqueValue
{
    public abstract CelType Type { get; }
}
