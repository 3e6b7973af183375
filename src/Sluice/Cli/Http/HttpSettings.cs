namespace Sluice.Cli.Http;

/// <summary>How to reach a server.</summary>
/// <param name="CaFile">PEM file with authorities to trust besides the system's.</param>
/// <param name="Proxy">Forward proxy; null: what the environment says (<c>HTTPS_PROXY</c>, <c>NO_PROXY</c>, …).</param>
internal sealed record HttpSettings(string? CaFile = null, Uri? Proxy = null)
{
    /// <summary>Longest wait for an answer.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);
}
