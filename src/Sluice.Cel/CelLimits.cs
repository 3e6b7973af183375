namespace Sluice.Cel;

/// <summary>What a program may cost. Each limit gives a clear error; none can be exceeded quietly.</summary>
public sealed record CelLimits
{
    /// <summary>The deepest nesting that any setting allows, so that no expression can exhaust the stack.</summary>
    public const int HighestDepth = 250;

    /// <summary>Roomy limits for expressions that their own user writes.</summary>
    public static CelLimits Default { get; } = new();

    /// <summary>Limits for identity-pool filters: 300 characters, 32 levels, 256 nodes, 10,000 steps.</summary>
    public static CelLimits Filter { get; } = new()
    {
        MaxLength = 300,
        MaxDepth = 32,
        MaxNodes = 256,
        MaxSteps = 10_000,
        MaxComprehensionSize = 10_000,
        MaxStringLength = 64 * 1024,
        MaxPatternLength = 256,
    };

    /// <summary>Source length in Unicode code points.</summary>
    public int MaxLength { get; init; } = 100_000;

    /// <summary>Nesting of the syntax tree; values above <see cref="HighestDepth"/> count as that.</summary>
    public int MaxDepth { get; init; } = 200;

    /// <summary>Nodes of the syntax tree.</summary>
    public int MaxNodes { get; init; } = 20_000;

    /// <summary>
    /// Evaluation budget. Every turn of a comprehension costs the number of nodes in its body; work that grows with its data
    /// (search in a list, comparison of lists, building strings, matching patterns) costs a step per element or per 64 characters.
    /// </summary>
    public int MaxSteps { get; init; } = 1_000_000;

    /// <summary>Elements that one comprehension may visit, and elements of a list or map that an expression may build.</summary>
    public int MaxComprehensionSize { get; init; } = 100_000;

    /// <summary>Length of a string (UTF-16 units) or of bytes that an expression may build.</summary>
    public int MaxStringLength { get; init; } = 1024 * 1024;

    /// <summary>Length of a pattern for <c>matches</c>.</summary>
    public int MaxPatternLength { get; init; } = 1000;
}
