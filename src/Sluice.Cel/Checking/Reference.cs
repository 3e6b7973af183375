namespace Sluice.Cel.Checking;

/// <summary>What a name turned out to be.</summary>
/// <param name="Variable">The variable's full name, or null.</param>
/// <param name="Constant">The type that the name denotes, or null.</param>
/// <param name="Function">The full name of a namespaced function such as <c>math.abs</c>, or null.</param>
internal sealed record Reference(string? Variable = null, CelType? Constant = null, string? Function = null);
