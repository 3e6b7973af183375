using Sluice.Hosting;
using Sluice.Kafka;
using Sluice.Kafka.Client;
using Sluice.Kafka.Client.Minting;
using Sluice.Kafka.Embedded;

namespace Sluice.Serve;

/// <summary>The list <c>Clusters</c>: each entry a real cluster (<c>Kind</c> <c>Kafka</c>, the default) or an embedded one (<c>Embedded</c>).</summary>
internal sealed class ServeClusters
{
    public const string Section = "Clusters";
    private const string Kind = "Kind";

    private readonly List<Func<ILoggerFactory, Task<IClusterConnection>>> _openings = [];
    private readonly List<string> _problems;
    private readonly ServeSettings _settings;
    private readonly SigningKeyRing? _ring;

    private ServeClusters(ServeSettings settings, SigningKeyRing? ring, List<string> problems) => (_settings, _ring, _problems) = (settings, ring, problems);

    /// <summary>Reads and checks the list; connects to nothing.</summary>
    public static ServeClusters Read(IConfiguration configuration, ServeSettings settings, SigningKeyRing? ring, List<string> problems)
    {
        var clusters = new ServeClusters(settings, ring, problems);
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var section in configuration.GetSection(Section).GetChildren())
        {
            if (section["ClusterId"] is { } id)
            {
                if (!ClusterName.IsValid(id))
                {
                    problems.Add($"{section.Path}:ClusterId '{id}' cannot be part of a URL: {ClusterName.Rule}.");
                }
                else if (!ids.Add(id))
                {
                    problems.Add($"{section.Path}:ClusterId '{id}' is taken by another cluster: every cluster needs an id of its own.");
                }
            }

            switch (section[Kind]?.ToUpperInvariant())
            {
                case null or "KAFKA":
                    clusters.AddKafka(section);
                    break;
                case "EMBEDDED":
                    clusters.AddEmbedded(section);
                    break;
                default:
                    problems.Add($"{section.Path}:{Kind} must be Kafka or Embedded, not '{section[Kind]}'.");
                    break;
            }
        }

        if (!configuration.GetSection(Section).GetChildren().Any())
        {
            problems.Add($"{Section} is missing: name at least one cluster, such as Clusters:0:Client:bootstrap.servers = kafka:9092 (or Clusters:0:Kind = Embedded).");
        }

        return clusters;
    }

    /// <summary>Opens all of them.</summary>
    /// <exception cref="EmbeddedClusterException">An embedded one cannot be opened. Those opened before are closed again.</exception>
    public async Task<IReadOnlyList<IClusterConnection>> OpenAsync(ILoggerFactory loggers)
    {
        var open = new List<IClusterConnection>();
        try
        {
            foreach (var opening in _openings)
            {
                open.Add(await opening(loggers));
            }
        }
        catch (EmbeddedClusterException)
        {
            foreach (var cluster in open)
            {
                await cluster.DisposeAsync();
            }

            throw;
        }

        return open;
    }

    private void AddKafka(IConfigurationSection section)
    {
        SettingsCheck.Below(section, typeof(KafkaClusterOptions), _problems, Kind);
        if (!TryBind(section, out KafkaClusterOptions? options))
        {
            return;
        }

        Normalise(options.Client);
        options.TokenMinter = _ring;
        if (options.BrokerIdentity == BrokerIdentity.Minted && _ring is null)
        {
            _problems.Add($"{section.Path}:BrokerIdentity is Minted, so tokens must be signed: set Sluice:TokenSigning:Issuer and Sluice:TokenSigning:Audience.");
            return;
        }

        _problems.AddRange(options.Validate().Select(problem => $"{section.Path}:{problem}"));
        _openings.Add(loggers => Task.FromResult<IClusterConnection>(new KafkaClusterConnection(options, loggers.CreateLogger<KafkaClusterConnection>())));
    }

    private void AddEmbedded(IConfigurationSection section)
    {
        SettingsCheck.Below(section, typeof(EmbeddedClusterOptions), _problems, Kind);
        if (!TryBind(section, out EmbeddedClusterOptions? options))
        {
            return;
        }

        if (options.ClusterId is null)
        {
            _problems.Add($"{section.Path}:ClusterId is missing: an embedded cluster needs one, such as lkc-local.");
        }
        else if (options.Directory is null)
        {
            options = options with { Directory = Path.Combine(_settings.DataDirectory, "clusters", options.ClusterId) };
        }

        _openings.Add(async loggers => await EmbeddedCluster.OpenAsync(options, TimeProvider.System, loggers));
    }

    /// <summary>
    /// A shell cannot export <c>Clusters__0__Client__sasl.password</c>, so <c>SASL_PASSWORD</c> means the same; and JSON's <c>true</c> arrives as <c>True</c>.
    /// </summary>
    private static void Normalise(IDictionary<string, string> client)
    {
        foreach (var (name, value) in client.ToArray())
        {
            client.Remove(name);
            var dotted = name.Contains('.', StringComparison.Ordinal) || !name.Contains('_', StringComparison.Ordinal) ? name : name.Replace('_', '.').ToLowerInvariant();
            client[dotted] = value is "True" or "False" ? value.ToLowerInvariant() : value;
        }
    }

    private bool TryBind<T>(IConfigurationSection section, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out T? options)
        where T : class
    {
        try
        {
            options = section.Get<T>();
        }
        catch (InvalidOperationException e)
        {
            // Names the setting and the type it should have.
            _problems.Add(e.Message);
            options = null;
        }

        return options is not null;
    }
}
