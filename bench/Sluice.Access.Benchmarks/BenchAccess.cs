using System.Globalization;
using System.Net;
using Sluice.Access.Crn;
using Sluice.Kafka;
using Sluice.Kafka.Acls;
using Sluice.State;

namespace Sluice.Access.Benchmarks;

/// <summary>A cluster with 10,000 ACLs, half of them prefixed, and 1,000 role bindings, nearly all of them other people's.</summary>
internal sealed class BenchAccess : IStateSource, IAclFeed
{
    public const string ByAcl = "payments.invoices.created.v1";
    public const string ByRole = "shipping.parcels.sent.v1";
    public const string Nobodys = "warehouse.shelves.counted.v1";

    private const int AclCount = 10_000;
    private const int BindingCount = 1_000;
    private const string Cluster = "crn://confluent.cloud/organization=org-1/environment=env-default/cloud-cluster=lkc-1/kafka=lkc-1";

    private static readonly string[] Domains = ["pay", "payments", "payments.orders", "shipping", "shipping.eu", "warehouse.returns", "crm", "crm.leads.quality.scores"];

    public BenchAccess()
    {
        Current = GatewayState.Empty.WithDeclared(Bindings());
        Access = new ClusterAccess(this, this, _ => new KafkaScope("confluent.cloud", "org-1", "env-default", "lkc-1"));
    }

    public ClusterAccess Access { get; }

    public GatewayState Current { get; }

    public IReadOnlyCollection<AclBinding> Acls { get; } = [.. SomeAcls()];

    IReadOnlyCollection<AclBinding> IAclFeed.Current => Acls;

    /// <summary>Two pools and a third one that has an ACL and a role.</summary>
    public static AccessCaller Caller { get; } = new(["User:pool-none", "User:pool-nil", "User:pool-mine"], IPAddress.Loopback);

    public ValueTask<KafkaError> ReadyAsync(CancellationToken cancellationToken) => default;

    public ValueTask SettleAsync(Predicate<IReadOnlyCollection<AclBinding>> shows, CancellationToken cancellationToken) => default;

    private static IEnumerable<AclBinding> SomeAcls()
    {
        yield return Acl("payments.invoices.", AclPatternType.Prefixed, "User:pool-mine");
        for (var i = 1; i < AclCount; i++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"{Domains[i % Domains.Length]}.{i}");
            yield return Acl(name, i % 2 == 0 ? AclPatternType.Prefixed : AclPatternType.Literal, string.Create(CultureInfo.InvariantCulture, $"User:pool-{i % 700}"));
        }
    }

    private static AclBinding Acl(string name, AclPatternType pattern, string principal) =>
        new(AclResourceType.Topic, name, pattern, principal, "*", AclOperation.Write, AclPermission.Allow);

    private static IEnumerable<IStateResource> Bindings()
    {
        yield return new RoleBinding("rb-mine", "User:pool-mine", "DeveloperWrite", Cluster + "/topic=shipping.parcels.*");
        for (var i = 1; i < BindingCount; i++)
        {
            yield return new RoleBinding($"rb-{i}", $"User:pool-{i}", "DeveloperWrite", string.Create(CultureInfo.InvariantCulture, $"{Cluster}/topic=orders-{i}"));
        }
    }
}
