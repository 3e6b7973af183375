using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Sluice.Kafka.Client.Clients;

/// <summary>
/// Who a passed-through token is to the brokers. Several people can share one pool, and so one principal here, while the brokers tell them
/// apart by any claim; a connection made with one person's token must never serve another's request.
/// </summary>
internal static class PassthroughIdentity
{
    /// <summary>Claims that differ between two tokens of one subject and say nothing about who that is.</summary>
    private static readonly HashSet<string> Volatile = new(StringComparer.Ordinal)
    {
        "iat", "exp", "nbf", "jti", "auth_time", "nonce", "at_hash", "c_hash", "s_hash", "uti", "aio", "rh", "sid", "session_state", "updated_at",
    };

    /// <summary>A key that two tokens share when all that the brokers may look at is the same in both.</summary>
    public static string KeyOf(ClusterCaller caller)
    {
        if (caller.Token is null)
        {
            return caller.Principal + "\n";
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        if (!TryAddClaims(caller.Token, hash))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(caller.Token));
        }

        return caller.Principal + "\n" + Convert.ToBase64String(hash.GetHashAndReset());
    }

    private static bool TryAddClaims(string token, IncrementalHash hash)
    {
        var parts = token.Split('.');
        if (parts.Length != 3)
        {
            return false;
        }

        try
        {
            using var payload = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[1]));
            if (payload.RootElement.ValueKind != JsonValueKind.Object)
            {
                return false;
            }

            foreach (var claim in payload.RootElement.EnumerateObject().Where(c => !Volatile.Contains(c.Name)).OrderBy(c => c.Name, StringComparer.Ordinal))
            {
                hash.AppendData(Encoding.UTF8.GetBytes($"{claim.Name}\0{claim.Value.GetRawText()}\0"));
            }

            return true;
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            return false;
        }
    }
}
