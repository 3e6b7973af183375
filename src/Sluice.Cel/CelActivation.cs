using System.Text.Json;

namespace Sluice.Cel;

/// <summary>Values for a program's variables. Immutable; names without a value are errors when they are read.</summary>
public sealed class CelActivation
{
    private readonly Dictionary<string, CelValue> _values;

    private CelActivation(Dictionary<string, CelValue> values) => _values = values;

    /// <summary>No values.</summary>
    public static CelActivation Empty { get; } = new(new Dictionary<string, CelValue>(StringComparer.Ordinal));

    /// <summary>One value under one name.</summary>
    public static CelActivation Of(string name, CelValue value) => Empty.With(name, value);

    /// <summary>JSON under one name; see <see cref="CelValue.FromJson"/>.</summary>
    public static CelActivation Of(string name, JsonElement json) => Empty.With(name, CelValue.FromJson(json));

    /// <summary>A copy with one more value, or another one under the same name.</summary>
    public CelActivation With(string name, CelValue value)
    {
        ArgumentNullException.ThrowIfNull(name);
        return new(new Dictionary<string, CelValue>(_values, StringComparer.Ordinal) { [name] = value });
    }

    internal bool TryGet(string name, out CelValue value) => _values.TryGetValue(name, out value);
}
