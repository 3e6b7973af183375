namespace Sluice.Dev;

/// <summary>What <c>sluice dev</c> was asked for.</summary>
internal sealed record DevOptions
{
    public const string DefaultUrl = "http://127.0.0.1:8082";

    /// <summary>The listener; loopback only. Port 0 picks a free one. Null: <see cref="DefaultUrl"/>, or the same with https under <see cref="Tls"/>.</summary>
    public string? Urls { get; init; }

    /// <summary>Where everything is kept.</summary>
    public string DataDirectory { get; init; } = DefaultDataDirectory;

    public string ClusterId { get; init; } = "lkc-dev";

    public string PoolId { get; init; } = "pool-dev";

    /// <summary>Serve HTTPS with a certificate made once and kept in the data directory.</summary>
    public bool Tls { get; init; }

    /// <summary>Lowest level that is logged to the terminal.</summary>
    public LogLevel LogLevel { get; init; } = LogLevel.Warning;

    /// <summary><c>~/.local/share/sluice/dev</c>, or what the platform has in its place.</summary>
    public static string DefaultDataDirectory => Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "sluice", "dev");
}
