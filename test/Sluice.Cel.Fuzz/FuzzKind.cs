namespace Sluice.Cel.Fuzz;

internal enum FuzzKind
{
    /// <summary>Made by the grammar, so that it must parse.</summary>
    Grammar,

    /// <summary>Made by the grammar and then damaged.</summary>
    Mutated,

    /// <summary>Random bytes and characters.</summary>
    Raw,
}
