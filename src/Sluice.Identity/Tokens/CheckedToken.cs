using Sluice.Identity.Binding;
using Sluice.Identity.Keys;
using Sluice.Identity.Trust;

namespace Sluice.Identity.Tokens;

/// <summary>A token whose signature and claims held, and what that rests on.</summary>
internal sealed class CheckedToken
{
    private const int MaxAnswers = 8;

    // Objects, dictionary node and answers, roughly; what varies is added.
    private const int BaseBytes = 1024;

    private volatile TokenView _view;

    public CheckedToken(
        string text, string issuer, byte[] payload, TokenTimes times, long rememberedUntil, TokenBinding? binding, VerificationKey key, TokenView view)
    {
        Text = text;
        Issuer = issuer;
        Payload = payload;
        Times = times;
        RememberedUntil = rememberedUntil;
        Binding = binding;
        Key = key;
        _view = view;
    }

    public string Text { get; }

    public string Issuer { get; }

    /// <summary>The claims, UTF-8 JSON.</summary>
    public byte[] Payload { get; }

    public TokenTimes Times { get; }

    public long RememberedUntil { get; }

    public TokenBinding? Binding { get; }

    public VerificationKey Key { get; }

    /// <summary>What the check rests on, and the answers made from it. Replaced whole.</summary>
    public TokenView View => _view;

    /// <summary>How much memory it takes, about.</summary>
    public int Bytes => BaseBytes + (2 * Text.Length) + Payload.Length;

    /// <summary>Still true, or made true again after a change that does not concern it.</summary>
    /// <remarks>HOT: nothing changed, so three comparisons and two clock readings.</remarks>
    public bool Holds(IssuerDirectory directory, DeniedTokens denied, long now)
    {
        if (now < Times.From || now >= RememberedUntil)
        {
            return false;
        }

        var view = _view;
        return (ReferenceEquals(view.IssuerDirectory, directory)
                && ReferenceEquals(view.Denied, denied)
                && ReferenceEquals(view.Provider.Keys.Current, view.Keys))
            || TryRenew(view, directory, denied);
    }

    /// <summary>The answer given before to the same pool field.</summary>
    public bool TryGetAnswer(string? poolHeader, out AuthenticationOutcome outcome)
    {
        foreach (var answer in _view.Answers)
        {
            if (string.Equals(answer.PoolHeader, poolHeader, StringComparison.Ordinal))
            {
                outcome = answer.Outcome;
                return true;
            }
        }

        outcome = default;
        return false;
    }

    /// <summary>Remembers an answer, unless what it rests on has been replaced meanwhile.</summary>
    public void Remember(TokenView view, string? poolHeader, in AuthenticationOutcome outcome)
    {
        if (view.Answers.Length < MaxAnswers && poolHeader is not { Length: > 512 })
        {
#pragma warning disable CS0420 // Interlocked is a full fence of its own.
            Interlocked.CompareExchange(ref _view, view with { Answers = [.. view.Answers, new PoolAnswer(poolHeader, outcome)] }, view);
#pragma warning restore CS0420
        }
    }

    private bool TryRenew(TokenView view, IssuerDirectory directory, DeniedTokens denied)
    {
        if (!ReferenceEquals(view.Denied, denied)
            || !directory.ByIssuer.TryGetValue(Issuer, out var provider)
            || !ReferenceEquals(provider.Provider, view.Provider.Provider)
            || provider.Keys.Current is not { } keys
            || !keys.Contains(Key))
        {
            return false;
        }

        _view = new TokenView(directory, provider, keys, denied, ReferenceEquals(provider, view.Provider) ? view.Answers : []);
        return true;
    }
}

/// <summary>What a check rests on: when one of these is not the newest any more, the token is looked at again.</summary>
internal sealed record TokenView(IssuerDirectory IssuerDirectory, TrustedProvider Provider, KeySet Keys, DeniedTokens Denied, PoolAnswer[] Answers);

/// <summary>The caller, or the refusal, for one value of the pool field.</summary>
internal readonly record struct PoolAnswer(string? PoolHeader, AuthenticationOutcome Outcome);
