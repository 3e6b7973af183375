using Sluice.Access.Acls;
using Sluice.Access.Crn;
using Sluice.Kafka;
using Sluice.Kafka.Acls;
using Sluice.State;

namespace Sluice.Access;

/// <summary>Decides what callers may do on one cluster, by the role bindings and ACLs there are when it is asked.</summary>
/// <param name="state">Has the role bindings.</param>
/// <param name="feed">Has the ACLs.</param>
/// <param name="scope">Where the cluster is, for the state at hand; null while that is not known.</param>
public sealed class ClusterAccess(IStateSource state, IAclFeed feed, Func<GatewayState, KafkaScope?> scope)
{
    private volatile Made? _made;

    /// <summary>The cluster's ACLs.</summary>
    public IAclFeed Acls => feed;

    /// <summary>Waits until the ACLs are known; then <see cref="Current"/> can be asked.</summary>
    /// <returns>None, or why they cannot be read. Nothing is allowed then.</returns>
    public ValueTask<KafkaError> ReadyAsync(CancellationToken cancellationToken) =>
        feed.Current is not null ? default : feed.ReadyAsync(cancellationToken);

    /// <summary>HOT. The rules as they are now: the same object for as long as nothing changes that they are made of. While the ACLs or the cluster's id are not known they allow nothing.</summary>
    public ClusterRules Current
    {
        get
        {
            var now = state.Current;
            return feed.Current is not { } acls ? ClusterRules.Nothing
                : _made is { } made && made.IsOf(now, acls) ? made.Rules
                : Make(now, acls);
        }
    }

    private ClusterRules Make(GatewayState now, IReadOnlyCollection<AclBinding> acls)
    {
        if (scope(now) is not { } place)
        {
            return ClusterRules.Nothing;
        }

        // Two requests may make the same: both are right, and the later is kept.
        var table = _made is { } made && ReferenceEquals(made.Acls, acls) ? made.Table : new AclTable(acls);
        var rules = new ClusterRules(now, place, table);
        _made = new Made(now, acls, table, rules);
        return rules;
    }

    private sealed record Made(GatewayState State, IReadOnlyCollection<AclBinding> Acls, AclTable Table, ClusterRules Rules)
    {
        // A change to anything else, such as a pool, leaves these as they are.
        public bool IsOf(GatewayState now, IReadOnlyCollection<AclBinding> acls) =>
            ReferenceEquals(acls, Acls)
            && (ReferenceEquals(now, State) || (ReferenceEquals(now.RoleBindings, State.RoleBindings) && ReferenceEquals(now.Organization, State.Organization)));
    }
}
