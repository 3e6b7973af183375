using Sluice.Access.Crn;
using Sluice.Kafka;
using Sluice.Kafka.Acls;
using Sluice.State;

namespace Sluice.Access.Tests;

/// <summary>One cluster with bindings and ACLs that a test may change.</summary>
internal sealed class TestAccess : IStateSource, IAclFeed
{
    public const string ClusterCrn = "crn://confluent.cloud/organization=org-1/environment=env-default/cloud-cluster=lkc-1/kafka=lkc-1";

    private readonly List<RoleBinding> _bindings = [];

    public TestAccess() => Access = new ClusterAccess(this, this, _ => ClusterId is { } id ? new KafkaScope("confluent.cloud", "org-1", "env-default", id) : null);

    public ClusterAccess Access { get; }

    /// <summary>Null: the cluster has not told it yet.</summary>
    public string? ClusterId { get; set; } = "lkc-1";

    public GatewayState Current { get; private set; } = GatewayState.Empty;

    public IReadOnlyCollection<AclBinding>? Acls { get; set; } = [];

    IReadOnlyCollection<AclBinding>? IAclFeed.Current => Acls;

    public static AccessCaller Caller(params string[] principals) => new(principals, System.Net.IPAddress.Loopback);

    public static AclBinding Acl(
        AclPermission permission, AclOperation operation, string topic, string principal = "User:pool-a", AclPatternType pattern = AclPatternType.Literal, string host = "*",
        AclResourceType type = AclResourceType.Topic) => new(type, topic, pattern, principal, host, operation, permission);

    /// <param name="role">Which role.</param>
    /// <param name="below">What of the cluster: <c>/topic=orders</c>.</param>
    /// <param name="principal">To whom.</param>
    public TestAccess Grant(string role, string below = "", string principal = "User:pool-a") => GrantAt(role, ClusterCrn + below, principal);

    public TestAccess GrantAt(string role, string crn, string principal = "User:pool-a")
    {
        _bindings.Add(new RoleBinding($"rb-{_bindings.Count}", principal, role, crn));
        return Declare([]);
    }

    /// <summary>Puts other things into the state.</summary>
    public TestAccess Declare(params IEnumerable<IStateResource> resources)
    {
        Current = Current.WithDeclared([.. _bindings.Where(binding => !Current.RoleBindings.ContainsKey(binding.Id)), .. resources]);
        return this;
    }

    public TestAccess With(params AclBinding[] acls)
    {
        Acls = acls;
        return this;
    }

    public bool Allows(AclOperation operation, string topic, params string[] principals) =>
        Access.Current.Allows(Caller(principals is [] ? ["User:pool-a"] : principals), AccessNeed.Topic(operation, topic));

    public ValueTask<KafkaError> ReadyAsync(CancellationToken cancellationToken) => default;

    public ValueTask SettleAsync(Predicate<IReadOnlyCollection<AclBinding>> shows, CancellationToken cancellationToken) => default;
}
