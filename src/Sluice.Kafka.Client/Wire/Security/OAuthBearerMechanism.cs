using System.Text;

namespace Sluice.Kafka.Client.Wire.Security;

/// <summary>OAUTHBEARER (RFC 7628, KIP-255).</summary>
internal sealed class OAuthBearerMechanism(IBearerTokens tokens) : ISaslMechanism
{
    public string Name => "OAUTHBEARER";

    public async ValueTask<byte[]> StartAsync(CancellationToken cancellationToken)
    {
        var token = await tokens.GetAsync(cancellationToken);
        return Encoding.UTF8.GetBytes($"n,,\u0001auth=Bearer {token.Value}\u0001\u0001");
    }

    /// <summary>A refused token comes back as a JSON status; the one byte lets the broker finish the exchange with its error.</summary>
    public byte[]? Next(byte[] challenge) => challenge.Length == 0 ? null : [1];
}
