using Sluice.Identity.Binding;
using Sluice.Identity.Credentials;
using Sluice.Identity.Pools;
using Sluice.Identity.Tokens;
using Sluice.Identity.Trust;
using Sluice.State;

namespace Sluice.Identity;

/// <summary>
/// The way of a credential: 1 cut the header, 2 API key or token, 3 token seen before or checked now, 4 proof of possession, 5 pools.
/// </summary>
/// <remarks>
/// HOT. AuthenticatorAllocationTests holds a token seen before at zero bytes. What was remembered is used only while everything it rests on is still
/// the newest, so a change to a provider, pool or key shows on the next request.
/// </remarks>
internal sealed class Authenticator : IAuthenticator
{
    private readonly IStateSource _state;
    private readonly Directories _directories;
    private readonly IdentityOptions _options;
    private readonly TokenChecker _checker;
    private readonly TokenMemory _memory;
    private readonly ProofOfPossession _possession;
    private readonly IdentityMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly CurrentDenyList _denyList;

    public Authenticator(
        IStateSource state, Directories directories, CurrentDenyList denyList, IdentityOptions options, IdentityMetrics metrics, TimeProvider time)
    {
        _state = state;
        _directories = directories;
        _options = options;
        _denyList = denyList;
        _checker = new TokenChecker(_options, time);
        _memory = new TokenMemory(_options.TokenCacheEntries, _options.TokenCacheBytes);
        _possession = new ProofOfPossession(_options, time);
        _metrics = metrics;
        _time = time;
    }

    /// <summary>What is remembered; for tests and metrics.</summary>
    internal TokenMemory Memory => _memory;

    public ValueTask<AuthenticationOutcome> AuthenticateAsync(in PresentedCredentials credentials, CancellationToken cancellationToken)
    {
        // 1. header
        if (credentials.TokenInQuery)
        {
            return Done(Refusals.TokenInQuery);
        }

        // 3. for a token seen before in this very string: it was a bearer token, and no other way than this leads to it.
        var pools = PoolHeader.Joined(credentials.IdentityPoolIds);
        var directory = _directories.Current;
        var denied = _denyList.Current;
        var now = _time.GetUtcNow().ToUnixTimeMilliseconds();
        var field = credentials.Authorization.Count == 1 ? credentials.Authorization[0] : null;
        if (field is not null
            && _memory.Find(field) is { } same
            && same.Holds(directory, denied, now)
            && same.TryGetAnswer(pools, out var answer))
        {
            return Done(answer);
        }

        if (AuthorizationHeader.Read(credentials.Authorization, out var header) is { } malformed)
        {
            return Done(malformed);
        }

        // 2. API key
        if (header.Scheme == AuthorizationScheme.Basic)
        {
            return Done(ApiKeyCheck.Check(header.Value, _state.Current));
        }

        // 3. token seen before
        var hash = TokenHash.Of(header.Value);
        if (_memory.Find(hash) is { } seen)
        {
            if (seen.Holds(directory, denied, now))
            {
                if (header.Scheme == AuthorizationScheme.Bearer && seen.Binding is null)
                {
                    _memory.Tie(field!, seen);
                }

                return Done(Answer(seen, hash, header.Scheme, pools, credentials));
            }

            _memory.Remove(hash, field!);
        }

        return CheckAsync(header.Value.ToString(), hash, header.Scheme, pools, credentials, directory, denied, cancellationToken);
    }

    private async ValueTask<AuthenticationOutcome> CheckAsync(
        string text, TokenHash hash, AuthorizationScheme scheme, string? pools, PresentedCredentials credentials, IssuerDirectory directory,
        DeniedTokens denied, CancellationToken cancellationToken)
    {
        if (UnverifiedToken.Read(text, _options.MaxTokenBytes, out var token) is { } malformed)
        {
            return Note(new AuthenticationOutcome(malformed));
        }

        using (token)
        {
            var verdict = await _checker.CheckAsync(token!, text, directory, denied, trail: null, cancellationToken);
            if (verdict.Token is not { } good)
            {
                return Note(new AuthenticationOutcome(verdict.Refusal!));
            }

            _memory.Add(hash, good);
            if (_possession.Check(good, hash, scheme, credentials) is { } unproved)
            {
                return Note(new AuthenticationOutcome(unproved));
            }

            return Note(Match(good, token!.Claims, pools));
        }
    }

    // 4. and 5. for a token that was checked before.
    private AuthenticationOutcome Answer(
        CheckedToken token, in TokenHash hash, AuthorizationScheme scheme, string? pools, in PresentedCredentials credentials)
    {
        if ((token.Binding is not null || scheme == AuthorizationScheme.Dpop)
            && _possession.Check(token, hash, scheme, credentials) is { } unproved)
        {
            return new AuthenticationOutcome(unproved);
        }

        if (token.TryGetAnswer(pools, out var answer))
        {
            return answer;
        }

        using var claims = StrictJson.ParseObject(token.Payload)!;
        return Match(token, claims.RootElement, pools);
    }

    private AuthenticationOutcome Match(CheckedToken token, System.Text.Json.JsonElement claims, string? pools)
    {
        var view = token.View;
        var match = PoolMatcher.Find(claims, view.Provider, pools, _options, trail: null);
        var outcome = match.Refusal is { } refusal
            ? new AuthenticationOutcome(refusal)
            : new AuthenticationOutcome(new Caller(match.Principals!, CallerKind.Pool, match.Identity!.Value)
            {
                ProviderId = view.Provider.Provider.Id,
                Expires = NumericDate.ToTime(token.Times.Until),
                Token = token.Text,
            });
        token.Remember(view, pools, outcome);
        return outcome;
    }

    private ValueTask<AuthenticationOutcome> Done(Refusal refusal) => Done(new AuthenticationOutcome(refusal));

    private ValueTask<AuthenticationOutcome> Done(in AuthenticationOutcome outcome) => new(Note(outcome));

    private AuthenticationOutcome Note(in AuthenticationOutcome outcome)
    {
        if (outcome.TryGet(out var caller, out var refusal))
        {
            _metrics.Accepted(caller.Kind);
        }
        else
        {
            _metrics.Refused(refusal.Rule);
        }

        return outcome;
    }
}
