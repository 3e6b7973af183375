using Sluice.Identity;
using Sluice.State;

namespace Sluice.Sts;

/// <summary>Credentials in, caller or refusal out: the gateway's own tokens here, everything else by <see cref="IAuthenticator"/>.</summary>
internal sealed class GatewayAuthenticator(
    IAuthenticator external, GatewayTokens tokens, Sessions sessions, IStateSource source, IDenyList denyList, IdentityOptions options)
{
    private const string Scheme = "Bearer ";

    /// <summary>Completes synchronously unless an external provider's keys have to be fetched.</summary>
    public ValueTask<AuthenticationOutcome> AuthenticateAsync(in PresentedCredentials credentials, Plane plane, CancellationToken cancellationToken)
    {
        if (!credentials.TokenInQuery && credentials.Authorization is [{ } field]
            && field.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            && field.AsSpan(Scheme.Length).TrimStart(' ') is var token && tokens.LooksOwn(token))
        {
            return new(Check(token.ToString(), credentials, plane));
        }

        return external.AuthenticateAsync(credentials, cancellationToken);
    }

    private AuthenticationOutcome Check(string token, in PresentedCredentials credentials, Plane plane)
    {
        if (tokens.Read(token) is not { } claims)
        {
            return Refuse(RefusalRule.BadSignature, "The token names one of this gateway's keys and is not signed with it.");
        }

        if (tokens.IsOver(claims))
        {
            return Refuse(RefusalRule.Expired, $"The gateway's own token ended at {DateTimeOffset.FromUnixTimeSeconds(claims.Expires):O}.");
        }

        if (denyList.Denies(claims.Id, claims.ExternalIdentity))
        {
            return Refuse(RefusalRule.Revoked, "Its jti is in Sluice:Identity:DeniedTokenIds, or its caller's name in DeniedSubjects.");
        }

        return claims.Use switch
        {
            TokenUse.Exchange => CheckPool(claims, credentials),
            TokenUse.Session when plane == Plane.Control => CheckLogin(claims),
            TokenUse.DataPlane when plane == Plane.Data => CheckLogin(claims),
            _ => Refuse(RefusalRule.WrongAudience, $"A token for {claims.Use} is not good for the {plane} plane."),
        };
    }

    private AuthenticationOutcome CheckPool(OwnClaims claims, in PresentedCredentials credentials)
    {
        IReadOnlyList<string>? named = null;
        if (credentials.IdentityPoolIds.Count > 0 && credentials.ReadPools(options, out named) is { } malformed)
        {
            return new(malformed);
        }

        var state = source.Current;
        if (!state.IdentityPools.TryGetValue(claims.Subject, out var pool)
            || !state.IdentityProviders.TryGetValue(pool.ProviderId, out var provider)
            || GatewayTokens.RestsOn(pool, provider) != claims.RestsOn)
        {
            return Refuse(RefusalRule.Revoked, $"The pool {claims.Subject}, its filter or its provider changed after the token was exchanged.");
        }

        // The token is for one pool; a request may say so again, but not name others only.
        if (named is not null && !named.Contains(pool.Id, StringComparer.Ordinal))
        {
            return Refuse(RefusalRule.NoPoolMatches, $"The token was exchanged for {pool.Id}, which the request does not name.");
        }

        return new(new Caller([pool.Principal], CallerKind.Pool, claims.ExternalIdentity)
        {
            ProviderId = pool.ProviderId,
            Expires = DateTimeOffset.FromUnixTimeSeconds(claims.Expires),
        });
    }

    private AuthenticationOutcome CheckLogin(OwnClaims claims)
    {
        if (!source.Current.ApiKeys.TryGetValue(claims.ClientId, out var key) || GatewayTokens.RestsOn(key) != claims.RestsOn || sessions.HasEnded(claims))
        {
            return Refuse(RefusalRule.Revoked, $"The login with the API key {claims.ClientId} has ended: it was logged out, the key is gone or has another secret, or the gateway was restarted.");
        }

        return new(new Caller([key.Principal], CallerKind.ApiKey, ExternalIdentity: null)
        {
            ApiKeyId = key.Id,
            Expires = DateTimeOffset.FromUnixTimeSeconds(claims.Expires),
        });
    }

    private static AuthenticationOutcome Refuse(RefusalRule rule, string detail) => new(new Refusal(rule, detail));
}
