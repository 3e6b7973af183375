using System.Diagnostics.CodeAnalysis;

namespace Sluice.Identity;

/// <summary>Either the caller or the refusal.</summary>
public readonly struct AuthenticationOutcome
{
    private readonly Caller? _caller;
    private readonly Refusal? _refusal;

    public AuthenticationOutcome(Caller caller) => _caller = caller;

    public AuthenticationOutcome(Refusal refusal) => _refusal = refusal;

    public bool TryGet([NotNullWhen(true)] out Caller? caller, [NotNullWhen(false)] out Refusal? refusal)
    {
        caller = _caller;
        refusal = _refusal;
        return caller is not null;
    }
}
