using Sluice.Identity.Binding;
using Sluice.Identity.Keys;
using Sluice.Identity.Trust;

namespace Sluice.Identity.Tokens;

/// <summary>A token whose signature and claims held, and what that rests on.</summary>
internal sealed class CheckedToken
{
    private const int MaxAnswers = 8;

    // The objects of a token and its place in a table, roughly; what varies is added.
    private const int BaseBytes = 512;

    private volatile TokenView _view;

    /// <param name="field">The <c>Authorization</c> field that it came in.</param>
    /// <param name="start">Where in it the token begins.</param>
    /// <param name="times">When it is good.</param>
    /// <param name="rememberedUntil">When it must be checked anew, in milliseconds since 1970.</param>
    /// <param name="binding">What it is bound to.</param>
    /// <param name="key">The key that signed it.</param>
    /// <param name="view">What the check rests on.</param>
    public CheckedToken(string field, int start, TokenTimes times, long rememberedUntil, TokenBinding? binding, VerificationKey key, TokenView view)
    {
        Field = field;
        Start = start;
        Times = times;
        RememberedUntil = rememberedUntil;
        Binding = binding;
        Key = key;
        _view = view;
    }

    public string Field { get; }

    public int Start { get; }

    public ReadOnlySpan<char> Text => Field.AsSpan(Start);

    public TokenTimes Times { get; }

    public long RememberedUntil { get; }

    public TokenBinding? Binding { get; }

    public VerificationKey Key { get; }

    /// <summary>It has a <c>kid</c>. Without one, its key was the only one that fitted, which other keys may end.</summary>
    public required bool NamesKey { get; init; }

    /// <summary>What the check rests on, and the answers made from it. Replaced whole.</summary>
    public TokenView View => _view;

    /// <summary>How much memory it takes, about.</summary>
    public int Bytes => BaseBytes + (2 * Field.Length) + AnswerBytes;

    /// <summary>How much its answers have taken at most. Changed by its maker and, once it is remembered, by <see cref="TokenMemory"/>.</summary>
    public int AnswerBytes { get; set; }

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

    /// <summary>Remembers an answer made from <paramref name="view"/>; of no effect when that has been replaced meanwhile.</summary>
    /// <param name="view">What it rests on.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="memory">Where the token is remembered; null while it is not.</param>
    public void Remember(TokenView view, in PoolAnswer answer, TokenMemory? memory)
    {
        var before = view.Answers;
        if (before.Length >= MaxAnswers || answer.PoolHeader is { Length: > 512 })
        {
            return;
        }

        var more = before.Sum(one => one.Bytes) + answer.Bytes - AnswerBytes;
        if (more > 0)
        {
            if (memory is null)
            {
                AnswerBytes += more;
            }
            else if (!memory.TryGrow(this, more))
            {
                return;
            }
        }

        view.TryAdd(before, answer);
    }

    private bool TryRenew(TokenView view, IssuerDirectory directory, DeniedTokens denied)
    {
        if (!ReferenceEquals(view.Denied, denied)
            || !directory.ByIssuer.TryGetValue(view.Provider.Provider.Issuer, out var provider)
            || !ReferenceEquals(provider.Provider, view.Provider.Provider)
            || provider.Keys.Current is not { } keys
            || !(NamesKey ? keys.Contains(Key) : ReferenceEquals(keys, view.Keys)))
        {
            return false;
        }

        _view = new TokenView(directory, provider, keys, denied, ReferenceEquals(provider, view.Provider) ? view.Answers : []);
        return true;
    }
}
