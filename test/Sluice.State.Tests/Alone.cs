namespace Sluice.State.Tests;

/// <summary>Tests that measure time: nothing runs beside them.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
