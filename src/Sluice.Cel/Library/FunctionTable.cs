namespace Sluice.Cel.Library;

/// <summary>Collects overloads under their function's name.</summary>
internal sealed class FunctionTable
{
    private readonly Dictionary<string, List<CelOverload>> _functions = new(StringComparer.Ordinal);

    /// <summary>A function called as <c>name(args)</c>.</summary>
    public FunctionTable Global(string name, CelType result, CelFunction function, params CelType[] parameters) =>
        Add(name, new CelOverload($"{name}({string.Join(',', (object[])parameters)})", false, parameters, result, function));

    /// <summary>A function called as <c>target.name(args)</c>; the target's type is the first parameter.</summary>
    public FunctionTable Member(string name, CelType result, CelFunction function, params CelType[] parameters) =>
        Add(name, new CelOverload($"{parameters[0]}.{name}({string.Join(',', (object[])parameters[1..])})", true, parameters, result, function));

    public FunctionTable Add(string name, CelOverload overload)
    {
        if (!_functions.TryGetValue(name, out var overloads))
        {
            _functions.Add(name, overloads = []);
        }

        overloads.Add(overload);
        return this;
    }

    public Dictionary<string, CelOverload[]> Build() =>
        _functions.ToDictionary(entry => entry.Key, entry => entry.Value.ToArray(), StringComparer.Ordinal);
}
