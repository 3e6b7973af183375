using Sluice.Kafka.Client.Wire;
using Sluice.Kafka.Client.Wire.Security;
using Ck = Confluent.Kafka;

namespace Sluice.Kafka.Client.Clients;

/// <summary>Finds settings that make no sense before the first request does.</summary>
internal static class OptionsCheck
{
    public static IReadOnlyList<string> Run(KafkaClusterOptions options)
    {
        var problems = new List<string>();
        Positive(options.MaxClients, nameof(options.MaxClients));
        Within(options.ClientIdleTimeout, nameof(options.ClientIdleTimeout), TimeSpan.FromMilliseconds(100), TimeSpan.FromDays(1));
        Within(options.UnavailableAfter, nameof(options.UnavailableAfter), TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1));
        Within(options.DeliveryTimeout, nameof(options.DeliveryTimeout), TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
        Within(options.RequestTimeout, nameof(options.RequestTimeout), TimeSpan.FromMilliseconds(500), TimeSpan.FromMinutes(10));
        Within(options.AclRefresh, nameof(options.AclRefresh), TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(5));
        if (options.BrokerIdentity == BrokerIdentity.Minted && options.TokenMinter is null)
        {
            problems.Add("BrokerIdentity is Minted, but there is no signing key: configure TokenSigning.");
        }

        if (options.BrokerIdentity != BrokerIdentity.Gateway && !ClientSettings.UsesSasl(options))
        {
            problems.Add($"BrokerIdentity is {options.BrokerIdentity}: set Client:security.protocol to SASL_SSL (or SASL_PLAINTEXT on a private network).");
        }

        if (problems.Count == 0)
        {
            TryLibrary(options, problems);
        }

        return problems;

        void Positive(long value, string name)
        {
            if (value <= 0)
            {
                problems.Add($"{name} must be greater than zero.");
            }
        }

        // "30" means thirty days to .NET: say how it is written.
        void Within(TimeSpan value, string name, TimeSpan least, TimeSpan most)
        {
            if (value < least || value > most)
            {
                problems.Add($"{name} is {value:c}: it must be from {least:c} to {most:c}, written hours:minutes:seconds.");
            }
        }
    }

    private static void TryLibrary(KafkaClusterOptions options, List<string> problems)
    {
        try
        {
            var settings = new ClientSettings(options);
            _ = new WireSettings(settings.Wire, settings.UsesOAuth ? NoTokens.Instance : null);

            // An unknown or malformed setting is found by librdkafka itself. Building a client connects to nothing before it has brokers.
            var producer = settings.Producer();
            producer.Remove("bootstrap.servers");
            producer.Remove("metadata.broker.list");
            using var built = new Ck.ProducerBuilder<byte[], byte[]>(producer)
                .SetLogHandler(static (_, _) => { })
                .SetErrorHandler(static (_, _) => { })
                .SetOAuthBearerTokenRefreshHandler(static (_, _) => { })
                .Build();
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or Ck.KafkaException or IOException
            or UnauthorizedAccessException or System.Security.Cryptography.CryptographicException)
        {
            // ArgumentException appends a parameter of ours, which is no news to an operator.
            var sentence = e is ArgumentException { ParamName: { } parameter } ? e.Message.Replace($" (Parameter '{parameter}')", "", StringComparison.Ordinal) : e.Message;
            problems.Add($"Client: {sentence}");
        }
    }

    private sealed class NoTokens : IBearerTokens
    {
        public static NoTokens Instance { get; } = new();

        public ValueTask<BearerToken> GetAsync(CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
