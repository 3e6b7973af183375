using System.Text;

namespace Sluice.Kafka.Client.Wire.Security;

/// <summary>PLAIN (RFC 4616).</summary>
internal sealed class PlainMechanism(string username, string password) : ISaslMechanism
{
    public string Name => "PLAIN";

    public ValueTask<byte[]> StartAsync(CancellationToken cancellationToken) => new(Encoding.UTF8.GetBytes($"\0{username}\0{password}"));

    public byte[]? Next(byte[] challenge) => null;
}
