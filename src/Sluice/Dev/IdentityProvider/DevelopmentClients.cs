using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;

namespace Sluice.Dev.IdentityProvider;

/// <summary>Checks client credentials. Holds digests, and spends the same time on a client it does not know.</summary>
internal sealed class DevelopmentClients
{
    private readonly FrozenDictionary<string, Entry> _byId;
    private readonly byte[] _nobody = RandomNumberGenerator.GetBytes(SHA256.HashSizeInBytes);

    public DevelopmentClients(IEnumerable<DevelopmentClient> clients) =>
        _byId = clients.ToFrozenDictionary(client => client.Id, client => new Entry(Digest(client.Secret), client.Roles), StringComparer.Ordinal);

    public bool Authenticate(string id, string secret)
    {
        var known = _byId.TryGetValue(id, out var entry);
        return CryptographicOperations.FixedTimeEquals(Digest(secret), entry?.SecretDigest ?? _nobody) & known;
    }

    public IReadOnlyList<string> Roles(string id) => _byId.TryGetValue(id, out var entry) ? entry.Roles : [];

    private static byte[] Digest(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    private sealed record Entry(byte[] SecretDigest, IReadOnlyList<string> Roles);
}
