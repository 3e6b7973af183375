using System.Text.Json;
using Sluice.Identity.Tokens;

namespace Sluice.Identity.Binding;

/// <summary>What a token's <c>cnf</c> ties it to (RFC 7800): a DPoP key (RFC 9449 §6.1), a client certificate (RFC 8705 §3.1), or both.</summary>
/// <param name="KeyThumbprint"><c>jkt</c>: the RFC 7638 thumbprint of the caller's key.</param>
/// <param name="CertificateThumbprint"><c>x5t#S256</c>: SHA-256 of the caller's certificate.</param>
internal sealed record TokenBinding(byte[]? KeyThumbprint, byte[]? CertificateThumbprint)
{
    private const int Sha256Bytes = 32;

    // RFC 7800's other ways to name a key, and RFC 8705's and 9449's relatives: a holder proves these in ways that are not checked here.
    private static readonly string[] Unsupported = ["jwk", "jwe", "kid", "jku", "x5u", "x5c", "x5t", "osc"];

    /// <returns>Null when <paramref name="binding"/> holds the result (null: a plain bearer token); otherwise why not.</returns>
    public static Refusal? Read(JsonElement claims, out TokenBinding? binding)
    {
        binding = null;
        if (!claims.TryGetProperty("cnf", out var confirmation))
        {
            return null;
        }

        if (confirmation.ValueKind != JsonValueKind.Object)
        {
            return new Refusal(RefusalRule.NotBound, "Its cnf is not an object: it is bound to something that cannot be checked.");
        }

        foreach (var name in Unsupported)
        {
            if (confirmation.TryGetProperty(name, out _))
            {
                return new Refusal(RefusalRule.NotBound, $"Its cnf has {name}, which is not checked here.");
            }
        }

        if (!TryReadThumbprint(confirmation, "jkt", out var key) || !TryReadThumbprint(confirmation, "x5t#S256", out var certificate))
        {
            return new Refusal(RefusalRule.NotBound, "A thumbprint in its cnf is not base64url of a SHA-256 hash: nobody can prove to hold it.");
        }

        if (key is null && certificate is null)
        {
            return new Refusal(RefusalRule.NotBound, "Its cnf has neither jkt nor x5t#S256: it is bound to something that cannot be checked.");
        }

        binding = new TokenBinding(key, certificate);
        return null;
    }

    private static bool TryReadThumbprint(JsonElement confirmation, string name, out byte[]? thumbprint)
    {
        thumbprint = null;
        if (!confirmation.TryGetProperty(name, out var value))
        {
            return true;
        }

        thumbprint = value.ValueKind == JsonValueKind.String ? StrictBase64Url.Decode(value.GetString()!) : null;
        return thumbprint is { Length: Sha256Bytes };
    }
}
