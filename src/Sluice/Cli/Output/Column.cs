namespace Sluice.Cli.Output;

/// <summary>One column of a table.</summary>
/// <param name="Title">Its head.</param>
/// <param name="Pointer">Where its value is in a resource (RFC 6901).</param>
/// <param name="Detail">Left out of lists, shown when one resource is shown.</param>
internal sealed record Column(string Title, string Pointer, bool Detail = false);
