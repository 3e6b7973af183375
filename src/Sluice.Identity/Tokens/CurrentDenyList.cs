using Microsoft.Extensions.Options;

namespace Sluice.Identity.Tokens;

/// <summary>The deny-list as the configuration has it now.</summary>
internal sealed class CurrentDenyList : IDenyList, IDisposable
{
    private readonly IDisposable? _reload;
    private volatile DeniedTokens _current;

    public CurrentDenyList(IOptionsMonitor<IdentityOptions> options)
    {
        _current = DeniedTokens.From(options.CurrentValue);
        _reload = options.OnChange(changed => _current = DeniedTokens.From(changed));
    }

    /// <summary>Replaced whole when the configuration changes.</summary>
    public DeniedTokens Current => _current;

    public bool Denies(string tokenId, string? subject) =>
        _current.TokenIds.Contains(tokenId) || (subject is not null && _current.Subjects.Contains(subject));

    public void Dispose() => _reload?.Dispose();
}
