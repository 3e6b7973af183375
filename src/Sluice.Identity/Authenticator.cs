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
/// HOT. AuthenticatorAllocationTests holds a token seen before at zero bytes, and one never seen at little more than what is remembered of it. What was remembered is used only while everything it rests on is still
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
        if (_memory.Find(header.Value) is { } seen)
        {
            if (seen.Holds(directory, denied, now))
            {
                if (header.Scheme == AuthorizationScheme.Bearer && seen.Binding is null)
                {
                    _memory.Tie(field!, seen);
                }

                return Done(Answer(seen, header.Scheme, pools, credentials));
            }

            _memory.Remove(seen, field!);
        }

        return CheckAsync(header, pools, credentials, directory, denied, now, cancellationToken);
    }

    private async ValueTask<AuthenticationOutcome> CheckAsync(
        AuthorizationHeader header, string? pools, PresentedCredentials credentials, IssuerDirectory directory, DeniedTokens denied, long now,
        CancellationToken cancellationToken)
    {
        if (UnverifiedToken.Read(header.Value, _options.MaxTokenBytes, out var token) is { } malformed)
        {
            return Note(new AuthenticationOutcome(malformed));
        }

        using (token)
        {
            var verdict = await _checker.CheckAsync(token!, header.Field, header.Start, directory, denied, trail: null, cancellationToken);
            if (verdict.Token is not { } good)
            {
                return Note(new AuthenticationOutcome(verdict.Refusal!));
            }

            var outcome = _possession.Check(good, header.Scheme, credentials) is { } unproved
                ? new AuthenticationOutcome(unproved)
                : Match(good, token!.Claims, pools, memory: null);
            if (good.RememberedUntil > now)
            {
                _memory.Add(good);
            }

            return Note(outcome);
        }
    }

    // 4. and 5. for a token that was checked before.
    private AuthenticationOutcome Answer(
        CheckedToken token, AuthorizationScheme scheme, string? pools, in PresentedCredentials credentials)
    {
        if ((token.Binding is not null || scheme == AuthorizationScheme.Dpop)
            && _possession.Check(token, scheme, credentials) is { } unproved)
        {
            return new AuthenticationOutcome(unproved);
        }

        if (token.TryGetAnswer(pools, out var answer))
        {
            return answer;
        }

        // The claims are read again rather than kept: they would be most of what a remembered token takes.
        UnverifiedToken.Read(token.Text, int.MaxValue, out var read);
        using (read)
        {
            return Match(token, read!.Claims, pools, _memory);
        }
    }

    private AuthenticationOutcome Match(CheckedToken token, System.Text.Json.JsonElement claims, string? pools, TokenMemory? memory)
    {
        var view = token.View;
        var match = PoolMatcher.Find(claims, view.Provider, pools, _options, trail: null);
        var outcome = match.Refusal is { } refusal
            ? new AuthenticationOutcome(refusal)
            : new AuthenticationOutcome(new Caller(match.Principals!, CallerKind.Pool, match.Identity!.Value)
            {
                ProviderId = view.Provider.Provider.Id,
                Expires = NumericDate.ToTime(token.Times.Until),
                Authorization = token.Field,
                TokenStart = token.Start,
            });
        token.Remember(view, new PoolAnswer(pools, outcome), memory);
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
