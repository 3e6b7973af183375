namespace Sluice.Identity;

/// <summary>The tokens and callers that configuration refuses (<c>Sluice:Identity:DeniedTokenIds</c>, <c>DeniedSubjects</c>), as it is now.</summary>
public interface IDenyList
{
    /// <summary>True when this <c>jti</c> or this name of a caller is on it.</summary>
    bool Denies(string tokenId, string? subject);
}
