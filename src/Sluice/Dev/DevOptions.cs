namespace Sluice.Dev;

/// <summary>What <c>sluice dev</c> was asked for.</summary>
internal sealed record DevOptions
{
    public const string DefaultUrl = "http://127.0.0.1:8082";
    public const string EmbeddedClusterId = "lkc-dev";

    /// <summary>The listener; loopback only. Port 0 picks a free one. Null: <see cref="DefaultUrl"/>, or the same with https under <see cref="Tls"/>.</summary>
    public string? Urls { get; init; }

    /// <summary>Where everything is kept.</summary>
    public string DataDirectory { get; init; } = DefaultDataDirectory;

    /// <summary>Bootstrap servers of a Kafka cluster of the user's own, <c>HOST:PORT[,HOST:PORT…]</c>. Null: the embedded cluster.</summary>
    public string? Kafka { get; init; }

    /// <summary>With <see cref="Kafka"/>: a call to a cluster that does not answer is refused within this time.</summary>
    public TimeSpan UnavailableAfter { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The id in URLs. Null: <see cref="EmbeddedClusterId"/>, or Kafka's own id with <see cref="Kafka"/>.</summary>
    public string? ClusterId { get; init; }

    /// <summary>A Schema Registry's address, for records with schemas. Null: none.</summary>
    public string? SchemaRegistry { get; init; }

    public string PoolId { get; init; } = "pool-dev";

    /// <summary>Files, in JSON or YAML, with resources that are there from the start and that the API cannot change.</summary>
    public IReadOnlyList<string> DeclaredFiles { get; init; } = [];

    /// <summary>Serve HTTPS with a certificate made once and kept in the data directory.</summary>
    public bool Tls { get; init; }

    /// <summary>Lowest level that is logged to the terminal.</summary>
    public LogLevel LogLevel { get; init; } = LogLevel.Warning;

    /// <summary>Hears of what makes sense and is likely a mistake.</summary>
    public Action<string> Warn { get; init; } = static _ => { };

    /// <summary><c>~/.local/share/sluice/dev</c>, or what the platform has in its place.</summary>
    public static string DefaultDataDirectory => Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "sluice", "dev");
}
