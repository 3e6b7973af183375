using Sluice.Identity.Keys;
using Sluice.Identity.Pools;
using Sluice.State;

namespace Sluice.Identity.Trust;

/// <summary>A provider made ready for requests: its keys and its compiled pools. Replaced whole when it or one of its pools changes.</summary>
internal sealed class TrustedProvider(IdentityProvider provider, KeyRing keys, ClaimPath? identityClaim, PoolSet pools)
{
    public IdentityProvider Provider { get; } = provider;

    public KeyRing Keys { get; } = keys;

    /// <summary>Names callers whom no single named pool does; null when what is configured is no path.</summary>
    public ClaimPath? IdentityClaim { get; } = identityClaim;

    public PoolSet Pools { get; } = pools;
}
