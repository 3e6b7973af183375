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
        Positive(options.ClientIdleTimeout.Ticks, nameof(options.ClientIdleTimeout));
        Positive(options.UnavailableAfter.Ticks, nameof(options.UnavailableAfter));
        Positive(options.DeliveryTimeout.Ticks, nameof(options.DeliveryTimeout));
        Positive(options.RequestTimeout.Ticks, nameof(options.RequestTimeout));
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
            problems.Add($"Client: {e.Message}");
        }
    }

    private sealed class NoTokens : IBearerTokens
    {
        public static NoTokens Instance { get; } = new();

        public ValueTask<BearerToken> GetAsync(CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
