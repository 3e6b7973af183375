namespace Sluice.Cel.Linting;

/// <summary>What a condition can come to; a set is several of them together.</summary>
[Flags]
internal enum Outcomes : byte
{
    None = 0,
    False = 1,
    True = 2,
    Error = 4,
    Any = 7,
}
