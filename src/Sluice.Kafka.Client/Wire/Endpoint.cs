using System.Globalization;

namespace Sluice.Kafka.Client.Wire;

/// <summary>Where a broker listens.</summary>
internal readonly record struct Endpoint(string Host, int Port)
{
    private const int DefaultPort = 9092;

    public override string ToString() => Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]:{Port}" : $"{Host}:{Port}";

    /// <summary>
    /// Reads <c>bootstrap.servers</c>: <c>host:port</c>, <c>[v6]:port</c>, <c>host</c>, each with an optional <c>protocol://</c> in front, by commas.
    /// </summary>
    public static List<Endpoint> ParseAll(string servers)
    {
        var found = new List<Endpoint>();
        foreach (var entry in servers.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var scheme = entry.IndexOf("://", StringComparison.Ordinal);
            var address = scheme < 0 ? entry : entry[(scheme + 3)..];
            var colon = address.LastIndexOf(':');
            var hasPort = colon > 0 && !address.EndsWith(']') && (address.IndexOf(':', StringComparison.Ordinal) == colon || address[colon - 1] == ']');
            var host = (hasPort ? address[..colon] : address).Trim('[', ']');
            var port = DefaultPort;
            if (host.Length == 0 || !host.All(c => char.IsLetterOrDigit(c) || c is '.' or '-' or '_' or ':' or '%')
                || (hasPort && !int.TryParse(address.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out port))
                || port is < 1 or > 65535)
            {
                throw new ArgumentException($"bootstrap.servers: '{entry}' is not HOST:PORT.", nameof(servers));
            }

            found.Add(new Endpoint(host, port));
        }

        return found;
    }
}
