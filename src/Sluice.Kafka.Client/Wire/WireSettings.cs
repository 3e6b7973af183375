using System.Globalization;
using Sluice.Kafka.Client.Wire.Security;

namespace Sluice.Kafka.Client.Wire;

/// <summary>What the wire room takes from the cluster's librdkafka settings.</summary>
internal sealed class WireSettings
{
    private const int DefaultRequestTimeoutMs = 15_000;

    private readonly Func<ISaslMechanism>? _sasl;

    /// <param name="client">librdkafka's settings.</param>
    /// <param name="tokens">For OAUTHBEARER; null when nobody makes tokens.</param>
    /// <exception cref="ArgumentException">A setting makes no sense; the message says which.</exception>
    public WireSettings(IReadOnlyDictionary<string, string> client, IBearerTokens? tokens)
    {
        Bootstrap = Endpoint.ParseAll(client.GetValueOrDefault("bootstrap.servers") ?? client.GetValueOrDefault("metadata.broker.list") ?? "");
        if (Bootstrap.Count == 0)
        {
            throw new ArgumentException("bootstrap.servers is missing: set it to HOST:PORT of one or more brokers.", nameof(client));
        }

        ClientId = client.GetValueOrDefault("client.id") ?? "sluice";
        RequestTimeout = TimeSpan.FromMilliseconds(
            int.TryParse(client.GetValueOrDefault("request.timeout.ms"), NumberStyles.None, CultureInfo.InvariantCulture, out var ms) ? ms : DefaultRequestTimeoutMs);
        var protocol = (client.GetValueOrDefault("security.protocol") ?? "plaintext").ToUpperInvariant();
        Tls = protocol is "SSL" or "SASL_SSL" ? new TlsSettings(client) : null;
        _sasl = protocol is "SASL_PLAINTEXT" or "SASL_SSL" ? Mechanism(client, tokens) : null;
    }

    public IReadOnlyList<Endpoint> Bootstrap { get; }

    public string ClientId { get; }

    /// <summary>How long one answer may take.</summary>
    public TimeSpan RequestTimeout { get; }

    public TlsSettings? Tls { get; }

    /// <summary>A fresh exchange for a new connection; null without SASL.</summary>
    public ISaslMechanism? NewSasl() => _sasl?.Invoke();

    private static Func<ISaslMechanism> Mechanism(IReadOnlyDictionary<string, string> client, IBearerTokens? tokens)
    {
        var name = (client.GetValueOrDefault("sasl.mechanism") ?? client.GetValueOrDefault("sasl.mechanisms") ?? "GSSAPI").ToUpperInvariant();
        var username = client.GetValueOrDefault("sasl.username") ?? "";
        var password = client.GetValueOrDefault("sasl.password") ?? "";
        return name switch
        {
            "PLAIN" => () => new PlainMechanism(username, password),
            "SCRAM-SHA-256" or "SCRAM-SHA-512" => () => new ScramMechanism(name, username, password),
            "OAUTHBEARER" when tokens is not null => () => new OAuthBearerMechanism(tokens),
            "OAUTHBEARER" => throw new ArgumentException(
                "sasl.mechanism OAUTHBEARER needs sasl.oauthbearer.method=oidc, or BrokerIdentity minted or passthrough.", nameof(client)),
            _ => throw new ArgumentException(
                $"sasl.mechanism {name} is not supported: use PLAIN, SCRAM-SHA-256, SCRAM-SHA-512 or OAUTHBEARER.", nameof(client)),
        };
    }
}
