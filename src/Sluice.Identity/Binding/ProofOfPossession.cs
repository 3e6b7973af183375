using System.Security.Cryptography;
using System.Text;
using Sluice.Identity.Credentials;
using Sluice.Identity.Tokens;

namespace Sluice.Identity.Binding;

/// <summary>
/// Has the caller proved to hold what its token is bound to? A bound token without proof is refused, never taken for a plain bearer token; so is a
/// plain token under the DPoP scheme.
/// </summary>
internal sealed class ProofOfPossession(IdentityOptions options, TimeProvider time)
{
    private readonly DpopNonces _nonces = new(options.Dpop, time);
    private readonly ReplayMemory _seen = new(options.Dpop.ReplayEntries, 2 * options.Dpop.ProofWindow, time);

    /// <summary>Null when everything the token is bound to has been proved.</summary>
    public Refusal? Check(CheckedToken token, AuthorizationScheme scheme, in PresentedCredentials credentials)
    {
        var refusal = CheckCertificate(token.Binding, credentials) ?? CheckKey(token, scheme, credentials);
        return refusal is null ? null : refusal with { ProviderId = token.View.Provider.Provider.Id };
    }

    private static Refusal? CheckCertificate(TokenBinding? binding, in PresentedCredentials credentials)
    {
        if (binding?.CertificateThumbprint is not { } wanted)
        {
            return null;
        }

        if (credentials.ClientCertificate is not { } certificate)
        {
            return new Refusal(RefusalRule.NotBound, "It is bound to a client certificate (x5t#S256), and the connection has none.");
        }

        return CryptographicOperations.FixedTimeEquals(SHA256.HashData(certificate.RawData), wanted)
            ? null
            : new Refusal(RefusalRule.NotBound, "It is bound to another client certificate than the connection's (x5t#S256).");
    }

    private Refusal? CheckKey(CheckedToken token, AuthorizationScheme scheme, in PresentedCredentials credentials)
    {
        if (token.Binding?.KeyThumbprint is not { } wanted)
        {
            return scheme == AuthorizationScheme.Dpop
                ? new Refusal(RefusalRule.NotBound, "It was sent with the DPoP scheme but is not bound to a key (cnf.jkt).")
                : null;
        }

        if (scheme != AuthorizationScheme.Dpop)
        {
            return new Refusal(RefusalRule.NotBound, "It is bound to a DPoP key (cnf.jkt) but was sent as a bearer token.");
        }

        if (credentials.DpopProof.Count != 1)
        {
            return Bad($"the request has {credentials.DpopProof.Count} DPoP fields; exactly one is needed");
        }

        if (DpopProof.Read(credentials.DpopProof[0] ?? "", out var proof) is { } reason)
        {
            return Bad(reason);
        }

        if (StrictBase64Url.Decode(proof!.KeyThumbprint) is not { } thumbprint || !CryptographicOperations.FixedTimeEquals(thumbprint, wanted))
        {
            return Bad("it is signed with another key than the token is bound to");
        }

        return CheckClaims(proof, token, credentials);
    }

    // RFC 9449 §4.3, 8 to 12.
    private Refusal? CheckClaims(DpopProof proof, CheckedToken token, in PresentedCredentials credentials)
    {
        if (!string.Equals(proof.Method, credentials.Method, StringComparison.Ordinal))
        {
            return Bad("its htm is not the request's method");
        }

        if (!IsRequestUri(proof.Uri, credentials))
        {
            return Bad("its htu is not the request's URL without query");
        }

        if (options.Dpop.RequireNonce && (proof.Nonce is null || !_nonces.IsRecent(proof.Nonce)))
        {
            return new Refusal(
                RefusalRule.DpopNonce, proof.Nonce is null ? "The DPoP proof has no nonce." : "The DPoP proof's nonce is not one given out lately.")
            {
                DpopNonce = _nonces.Current,
            };
        }

        var age = time.GetUtcNow().ToUnixTimeMilliseconds() - proof.Issued;
        if (Math.Abs(age) > options.Dpop.ProofWindow.TotalMilliseconds)
        {
            return Bad($"its iat is {Math.Abs(age) / 1000} s {(age > 0 ? "ago" : "ahead")}");
        }

        if (proof.TokenHash is null || StrictBase64Url.Decode(proof.TokenHash) is not { } tokenHash || !TokenHash.Of(token.Text).EqualsBytes(tokenHash))
        {
            return Bad("its ath is not the token's hash");
        }

        return _seen.TryAdd(TokenHash.Of(Encoding.UTF8.GetBytes($"{proof.KeyThumbprint}.{proof.Id}"))) switch
        {
            true => null,
            false => Bad("it was used before (jti)"),
            null => Bad("more proofs arrive than can be remembered (Sluice:Identity:Dpop:ReplayEntries)"),
        };
    }

    private bool IsRequestUri(string claimed, in PresentedCredentials credentials)
    {
        var origin = options.PublicUrl is { } url ? url.TrimEnd('/') : $"{credentials.Scheme}://{credentials.Host}";
        return DpopUri.AreSame(claimed, origin + credentials.Path);
    }

    private static Refusal Bad(string reason) => new(RefusalRule.BadDpopProof, $"The DPoP proof does not hold: {reason}.");
}
