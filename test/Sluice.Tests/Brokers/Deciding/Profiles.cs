using Sluice.Kafka.Acls;
using static Sluice.Kafka.Acls.AclOperation;
using static Sluice.Kafka.Acls.AclPatternType;
using static Sluice.Kafka.Acls.AclResourceType;

namespace Sluice.Tests.Brokers.Deciding;

/// <summary>Sets of ACLs that a pool may have, one for each rule by which Kafka decides.</summary>
internal static class Profiles
{
    public static readonly IReadOnlyList<(string Name, Func<string, AclBinding[]> Acls)> All =
    [
        ("nothing", _ => []),
        ("reads", p => [Allow(p, Topic, "orders", Read)]),
        ("writes", p => [Allow(p, Topic, "orders", Write)]),
        ("describes", p => [Allow(p, Topic, "orders", Describe)]),
        ("alters", p => [Allow(p, Topic, "orders", Alter), Allow(p, Topic, "ghost", Alter)]),
        ("deletes", p => [Allow(p, Topic, "orders-victim", Delete), Allow(p, Topic, "ghost", Delete)]),
        ("deletes-nothing-that-it-sees", p => [Allow(p, Topic, "orders-victim", Describe), Allow(p, Topic, "ghost", Describe)]),
        ("deletes-without-describe", p => [Allow(p, Topic, "orders-victim", Delete), Deny(p, Topic, "orders-victim", Describe)]),
        ("configures", p => [Allow(p, Topic, "orders", AlterConfigs), Allow(p, Topic, "ghost", AlterConfigs)]),
        ("shows-configs", p => [Allow(p, Topic, "orders", DescribeConfigs)]),
        ("prefix", p => [Allow(p, Topic, "or", Everything, Prefixed)]),
        ("prefix-of-a-star", p => [Allow(p, Topic, "*", Everything, Prefixed)]),
        ("all-topics", p => [Allow(p, Topic, "*", Everything)]),
        ("all-but-write", p => [Allow(p, Topic, "*", Everything), Deny(p, Topic, "orders", Write)]),
        ("all-but-a-prefix", p => [Allow(p, Topic, "*", Everything), Deny(p, Topic, "orders-", Everything, Prefixed)]),
        ("all-but-describe", p => [Allow(p, Topic, "orders", Everything), Deny(p, Topic, "orders", Describe)]),
        ("all-but-describe-configs", p => [Allow(p, Topic, "*", Everything), Deny(p, Topic, "*", DescribeConfigs)]),
        ("writes-but-reads-not", p => [Allow(p, Topic, "orders", Write), Deny(p, Topic, "orders", Read)]),
        ("all-are-denied", p => [Allow(p, Topic, "orders", Everything), Deny(p, Topic, "*", Everything)]),
        ("public-is-denied", p => [Deny(p, Topic, "public", Read)]),
        ("from-here", p => [Allow(p, Topic, "orders", Write, host: "127.0.0.1")]),
        ("from-elsewhere", p => [Allow(p, Topic, "orders", Write, host: "192.0.2.7"), Deny(p, Topic, "other", Write, host: "192.0.2.7"), Allow(p, Topic, "other", Write)]),
        ("creates-by-cluster", p => [Allow(p, Cluster, "kafka-cluster", Create)]),
        ("creates-by-prefix", p => [Allow(p, Topic, "new-", Create, Prefixed)]),
        ("creates-and-shows-configs", p => [Allow(p, Topic, "new-", Create, Prefixed), Allow(p, Topic, "new-", DescribeConfigs, Prefixed)]),
        ("deletes-by-cluster", p => [Allow(p, Cluster, "kafka-cluster", Delete)]),
        ("describes-cluster", p => [Allow(p, Cluster, "kafka-cluster", Describe)]),
        ("alters-cluster", p => [Allow(p, Cluster, "kafka-cluster", Alter)]),
        ("configures-cluster", p => [Allow(p, Cluster, "kafka-cluster", AlterConfigs)]),
        ("all-of-the-cluster", p => [Allow(p, Cluster, "kafka-cluster", Everything)]),
        ("all-of-the-cluster-but-some-topics", p => [Allow(p, Cluster, "kafka-cluster", Everything), Deny(p, Topic, "new-", Create, Prefixed), Deny(p, Topic, "orders-victim", Delete)]),
        ("idempotent-write", p => [Allow(p, Cluster, "kafka-cluster", IdempotentWrite)]),
        ("reads-a-group", p => [Allow(p, Group, "group-orders", Read), Allow(p, Topic, "orders", Describe)]),
        ("describes-a-group-without-topics", p => [Allow(p, Group, "group-orders", Describe), Allow(p, Group, "share-orders", Describe)]),
        ("describes-groups", p => [Allow(p, Group, "*", Describe), Allow(p, Topic, "*", Describe)]),
        ("all-groups-but-one", p => [Allow(p, Group, "*", Everything), Deny(p, Group, "group", Everything, Prefixed)]),
        ("deletes-a-group", p => [Allow(p, Group, "team", Delete)]),
        ("everything", p => [Allow(p, Topic, "*", Everything), Allow(p, Group, "*", Everything), Allow(p, Cluster, "kafka-cluster", Everything)]),
    ];

    /// <summary>What everybody has.</summary>
    public static readonly IReadOnlyList<AclBinding> ForEverybody = [Allow("User:*", Topic, "public", Read)];

    private const AclOperation Everything = AclOperation.All;

    private static AclBinding Allow(
        string principal, AclResourceType type, string name, AclOperation operation, AclPatternType pattern = Literal, string host = "*") =>
        new(type, name, pattern, principal, host, operation, AclPermission.Allow);

    private static AclBinding Deny(
        string principal, AclResourceType type, string name, AclOperation operation, AclPatternType pattern = Literal, string host = "*") =>
        new(type, name, pattern, principal, host, operation, AclPermission.Deny);
}
