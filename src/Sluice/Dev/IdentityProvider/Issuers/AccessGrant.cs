namespace Sluice.Dev.IdentityProvider.Issuers;

/// <summary>What a token says, before a vendor's words are put to it.</summary>
/// <param name="ClientId">Who asked.</param>
/// <param name="Scopes">What was granted, at least one.</param>
/// <param name="Issued">From when.</param>
/// <param name="Expires">Until when.</param>
internal sealed record AccessGrant(string ClientId, IReadOnlyList<string> Scopes, DateTimeOffset Issued, DateTimeOffset Expires);
