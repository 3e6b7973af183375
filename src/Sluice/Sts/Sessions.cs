using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Sluice.Sts;

/// <summary>Which logins of the Confluent CLI have ended. A login belongs to the process it was made in, so nothing has to be kept on disk.</summary>
internal sealed class Sessions(TimeProvider time)
{
    private readonly byte[] _secret = RandomNumberGenerator.GetBytes(32);

    // Session id to the end of its token: after that it needs no remembering.
    private readonly ConcurrentDictionary<string, long> _ended = new(StringComparer.Ordinal);

    /// <summary>The id of a new login.</summary>
    public string Begin()
    {
        var name = Guid.NewGuid().ToString("N");
        return $"{name}.{Seal(name)}";
    }

    /// <summary>Ends the login that the token belongs to.</summary>
    public void End(OwnClaims claims)
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        foreach (var (id, until) in _ended)
        {
            if (until <= now)
            {
                _ended.TryRemove(id, out _);
            }
        }

        _ended[claims.SessionId ?? ""] = claims.Expires;
    }

    /// <summary>True when the login was ended, or was made by another process.</summary>
    public bool HasEnded(OwnClaims claims) =>
        claims.SessionId?.Split('.') is not [var name, var seal] || seal != Seal(name) || _ended.ContainsKey(claims.SessionId);

    private string Seal(string name) => Convert.ToHexStringLower(HMACSHA256.HashData(_secret, Encoding.ASCII.GetBytes(name)).AsSpan(0, 8));
}
