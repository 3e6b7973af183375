namespace Sluice.Cel.Evaluation;

/// <summary>What a condition comes to; everything that is not a boolean is <see cref="Error"/>.</summary>
internal enum Truth : byte
{
    Error,
    False,
    True,
}
