using System.Collections.Frozen;

namespace Sluice.Identity.Tokens;

/// <summary>The deny-list at one moment.</summary>
internal sealed record DeniedTokens(FrozenSet<string> TokenIds, FrozenSet<string> Subjects)
{
    public static DeniedTokens From(IdentityOptions options) => new(
        options.DeniedTokenIds.ToFrozenSet(StringComparer.Ordinal), options.DeniedSubjects.ToFrozenSet(StringComparer.Ordinal));
}
