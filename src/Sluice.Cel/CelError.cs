namespace Sluice.Cel;

/// <summary>Why an evaluation gave no value.</summary>
/// <param name="Message">A sentence for a person, such as <c>no such key: 'aud'</c>.</param>
public sealed record CelError(string Message)
{
    /// <summary>Where in the source, as an offset in UTF-16 units; -1 when unknown.</summary>
    public int Offset { get; init; } = -1;

    /// <summary>How many UTF-16 units of the source are concerned.</summary>
    public int Length { get; init; }

    /// <summary>A limit of <see cref="CelLimits"/> was reached: no operator absorbs this error.</summary>
    public bool IsLimit { get; init; }

    public override string ToString() => Message;
}
