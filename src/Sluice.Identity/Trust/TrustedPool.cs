using Sluice.Identity.Pools;
using Sluice.State;

namespace Sluice.Identity.Trust;

/// <summary>A pool made ready for requests.</summary>
internal sealed class TrustedPool(IdentityPool pool, PoolFilter filter, ClaimPath? identityClaim)
{
    private readonly string[] _principals = [pool.Principal];

    public IdentityPool Pool { get; } = pool;

    public PoolFilter Filter { get; } = filter;

    /// <summary>Null when what is configured is no path: then nobody can be named, and nobody matches.</summary>
    public ClaimPath? IdentityClaim { get; } = identityClaim;

    /// <summary>The pool's principal alone, shared by every caller that acts as just this pool.</summary>
    public IReadOnlyList<string> Principals => _principals;
}
