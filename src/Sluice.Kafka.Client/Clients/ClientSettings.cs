using System.Globalization;

namespace Sluice.Kafka.Client.Clients;

/// <summary>The operator's librdkafka settings, with our defaults below them and what we cannot do without above.</summary>
internal sealed class ClientSettings
{
    private readonly Dictionary<string, string> _given;
    private readonly KafkaClusterOptions _options;

    public ClientSettings(KafkaClusterOptions options)
    {
        _options = options;
        _given = new Dictionary<string, string>(options.Client, StringComparer.Ordinal);
        if (options.BrokerIdentity != BrokerIdentity.Gateway)
        {
            _given.Remove("sasl.mechanisms");
            _given["sasl.mechanism"] = "OAUTHBEARER";
        }
    }

    public string Bootstrap => _given.GetValueOrDefault("bootstrap.servers") ?? _given.GetValueOrDefault("metadata.broker.list") ?? "";

    public bool UsesOAuth => UsesSasl(_options)
        && string.Equals(_given.GetValueOrDefault("sasl.mechanism") ?? _given.GetValueOrDefault("sasl.mechanisms"), "OAUTHBEARER", StringComparison.OrdinalIgnoreCase);

    /// <summary>librdkafka fetches tokens itself, by client credentials.</summary>
    public bool UsesOidc => UsesOAuth && _options.BrokerIdentity == BrokerIdentity.Gateway
        && string.Equals(_given.GetValueOrDefault("sasl.oauthbearer.method"), "oidc", StringComparison.OrdinalIgnoreCase);

    public static bool UsesSasl(KafkaClusterOptions options) =>
        options.Client.TryGetValue("security.protocol", out var protocol) && protocol.StartsWith("sasl_", StringComparison.OrdinalIgnoreCase);

    /// <summary>For <c>Wire</c>.</summary>
    public IReadOnlyDictionary<string, string> Wire => new Dictionary<string, string>(_given, StringComparer.Ordinal)
    {
        ["request.timeout.ms"] = Ms(_options.RequestTimeout),
    };

    /// <summary>For the producer and the administrative client that shares its connections.</summary>
    public Dictionary<string, string> Producer()
    {
        var settings = Common();
        Default(settings, "linger.ms", "2");
        Default(settings, "partitioner", "murmur2_random"); // Java's
        Default(settings, "message.timeout.ms", Ms(_options.DeliveryTimeout));

        // The topic's own max.message.bytes decides, not librdkafka's lower default.
        Default(settings, "message.max.bytes", "104857600");

        // A batch must fit into a topic with Kafka's default max.message.bytes: librdkafka does not split one that is refused.
        Default(settings, "batch.size", "500000");
        Default(settings, "queue.buffering.max.kbytes", "262144");
        Default(settings, "dotnet.producer.delivery.report.fields", "timestamp,status");
        settings["acks"] = "all";
        settings["enable.idempotence"] = "true";
        return settings;
    }

    /// <summary>For one-off reads by assignment.</summary>
    public Dictionary<string, string> Consumer()
    {
        var settings = Common();
        Default(settings, "group.id", "sluice-reader"); // never joined: only asked for
        Default(settings, "isolation.level", "read_committed");
        Default(settings, "fetch.wait.max.ms", "10");
        Default(settings, "fetch.error.backoff.ms", "50");
        Default(settings, "queued.max.messages.kbytes", "16384");
        settings["enable.auto.commit"] = "false";
        settings["enable.auto.offset.store"] = "false";
        settings["auto.offset.reset"] = "error";
        settings["enable.partition.eof"] = "true";
        settings["allow.auto.create.topics"] = "false";
        return settings;
    }

    private Dictionary<string, string> Common()
    {
        var settings = new Dictionary<string, string>(_given, StringComparer.Ordinal);
        Default(settings, "client.id", "sluice");
        Default(settings, "reconnect.backoff.ms", "50");
        Default(settings, "reconnect.backoff.max.ms", "1000"); // a cluster that is back is noticed within a second
        Default(settings, "socket.keepalive.enable", "true");
        Default(settings, "log.connection.close", "false"); // idle connections are closed all the time
        return settings;
    }

    private static void Default(Dictionary<string, string> settings, string name, string value) => settings.TryAdd(name, value);

    private static string Ms(TimeSpan time) => ((long)time.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
}
