using Sluice.Identity.Keys;
using Sluice.Identity.Trust;

namespace Sluice.Identity.Tokens;

/// <summary>What a check rests on, and the answers made from it: when one of these is not the newest any more, the token is looked at again.</summary>
internal sealed class TokenView(IssuerDirectory issuerDirectory, TrustedProvider provider, KeySet keys, DeniedTokens denied, PoolAnswer[] answers)
{
    private PoolAnswer[] _answers = answers;

    public IssuerDirectory IssuerDirectory { get; } = issuerDirectory;

    public TrustedProvider Provider { get; } = provider;

    public KeySet Keys { get; } = keys;

    public DeniedTokens Denied { get; } = denied;

    public PoolAnswer[] Answers => Volatile.Read(ref _answers);

    /// <summary>Adds one to those that were <paramref name="before"/>, unless another was added meanwhile.</summary>
    public void TryAdd(PoolAnswer[] before, in PoolAnswer answer) => Interlocked.CompareExchange(ref _answers, [.. before, answer], before);
}

/// <summary>The caller, or the refusal, for one value of the pool field.</summary>
internal readonly record struct PoolAnswer(string? PoolHeader, AuthenticationOutcome Outcome)
{
    // The objects of an answer, roughly; what varies is added.
    private const int BaseBytes = 320;

    /// <summary>How much memory it takes, about.</summary>
    public int Bytes => BaseBytes + (2 * (PoolHeader?.Length ?? 0)) + (Outcome.TryGet(out var caller, out var refusal)
        ? (2 * (caller.ExternalIdentity?.Length ?? 0)) + (8 * caller.Principals.Count)
        : 2 * refusal.Detail.Length);
}
