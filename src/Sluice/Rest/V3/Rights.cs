using Sluice.Kafka.Acls;
using static Sluice.Kafka.Acls.AclOperation;

namespace Sluice.Rest.V3;

/// <summary>
/// What each operation of Kafka REST needs: the one table from endpoint to right. The guard in front of the cluster asks for them
/// (<see cref="Access.Guard.GuardedCluster"/>); a test walks the table and finds what is missing from it, and what is not so.
/// </summary>
internal static class Rights
{
    private const string Cluster = "/clusters/{cluster_id}";
    private const string Topic = Cluster + "/topics/{topic_name}";
    private const string Partition = Topic + "/partitions/{partition_id}";
    private const string Group = Cluster + "/consumer-groups/{consumer_group_id}";
    private const string ShareGroup = Cluster + "/share-groups/{group_id}";
    private const string StreamsGroup = Cluster + "/streams-groups/{group_id}";

    private static readonly Dictionary<string, NeededRight> Table = new(StringComparer.Ordinal)
    {
        ["GET /clusters"] = NeededRight.Some,
        [$"GET {Cluster}"] = NeededRight.None,
        [$"GET {Cluster}/broker-configs"] = OnCluster(DescribeConfigs),
        [$"GET {Cluster}/broker-configs/{{name}}"] = OnCluster(DescribeConfigs),
        [$"PUT {Cluster}/broker-configs/{{name}}"] = OnCluster(AlterConfigs),
        [$"DELETE {Cluster}/broker-configs/{{name}}"] = OnCluster(AlterConfigs),
        [$"POST {Cluster}/broker-configs:alter"] = OnCluster(AlterConfigs),

        [$"GET {Cluster}/brokers"] = NeededRight.None,
        [$"GET {Cluster}/brokers/{{broker_id}}"] = NeededRight.None,
        [$"GET {Cluster}/brokers/{{broker_id}}/partition-replicas"] = OnTopic(Describe).Filters(),
        [$"GET {Cluster}/brokers/-/configs"] = OnCluster(DescribeConfigs),
        [$"GET {Cluster}/brokers/{{broker_id}}/configs"] = OnCluster(DescribeConfigs),
        [$"GET {Cluster}/brokers/{{broker_id}}/configs/{{name}}"] = OnCluster(DescribeConfigs),
        [$"PUT {Cluster}/brokers/{{broker_id}}/configs/{{name}}"] = OnCluster(AlterConfigs),
        [$"DELETE {Cluster}/brokers/{{broker_id}}/configs/{{name}}"] = OnCluster(AlterConfigs),
        [$"POST {Cluster}/brokers/{{broker_id}}/configs:alter"] = OnCluster(AlterConfigs),

        [$"GET {Cluster}/topics"] = OnTopic(Describe).Filters(),
        [$"POST {Cluster}/topics"] = OnTopic(Create).OrOnCluster(),
        [$"GET {Topic}"] = OnTopic(Describe),
        [$"PATCH {Topic}"] = OnTopic(Alter),
        [$"DELETE {Topic}"] = OnTopic(Delete).OrOnCluster(),
        [$"GET {Topic}/configs"] = OnTopic(DescribeConfigs),
        [$"GET {Topic}/configs/{{name}}"] = OnTopic(DescribeConfigs),
        [$"PUT {Topic}/configs/{{name}}"] = OnTopic(AlterConfigs),
        [$"DELETE {Topic}/configs/{{name}}"] = OnTopic(AlterConfigs),
        [$"POST {Topic}/configs:alter"] = OnTopic(AlterConfigs),
        [$"GET {Topic}/default-configs"] = OnTopic(DescribeConfigs),
        [$"GET {Cluster}/topics/-/configs"] = OnTopic(DescribeConfigs).Filters(),
        [$"POST {Cluster}/topics/-/configs:alter"] = OnTopic(AlterConfigs),

        [$"GET {Topic}/partitions"] = OnTopic(Describe),
        [$"GET {Partition}"] = OnTopic(Describe),
        [$"GET {Partition}/offset"] = OnTopic(Describe),
        [$"GET {Partition}/replicas"] = OnTopic(Describe),
        [$"GET {Partition}/replicas/{{broker_id}}"] = OnTopic(Describe),
        [$"GET {Partition}/reassignment"] = OnCluster(Describe).AndOnTopic(),
        [$"GET {Topic}/partitions/-/reassignment"] = OnCluster(Describe).AndOnTopic(),
        [$"GET {Cluster}/topics/-/partitions/-/reassignment"] = OnCluster(Describe),

        [$"POST {Topic}/records"] = OnTopic(Write),
        [$"POST {Topic}/records:batch"] = OnTopic(Write),

        [$"GET {Cluster}/acls"] = OnCluster(Describe),
        [$"POST {Cluster}/acls"] = OnCluster(Alter),
        [$"POST {Cluster}/acls:batch"] = OnCluster(Alter),
        [$"DELETE {Cluster}/acls"] = OnCluster(Alter),

        [$"GET {Cluster}/consumer-groups"] = OnGroup(Describe).Filters(),
        [$"GET {Group}"] = OnGroup(Describe),
        [$"GET {Group}/consumers"] = OnGroup(Describe),
        [$"GET {Group}/consumers/{{consumer_id}}"] = OnGroup(Describe),
        [$"GET {Group}/consumers/{{consumer_id}}/assignments"] = OnGroup(Describe).ShowsTopics(),
        [$"GET {Group}/consumers/{{consumer_id}}/assignments/{{topic_name}}/partitions/{{partition_id}}"] = OnGroup(Describe).ShowsTopics(),
        [$"GET {Group}/lag-summary"] = OnGroup(Describe).ShowsTopics(),
        [$"GET {Group}/lags"] = OnGroup(Describe).ShowsTopics(),
        [$"GET {Group}/lags/{{topic_name}}/partitions/{{partition_id}}"] = OnGroup(Describe).ShowsTopics(),

        [$"GET {Cluster}/share-groups"] = OnGroup(Describe).Filters(),
        [$"GET {ShareGroup}"] = OnGroup(Describe),
        [$"GET {ShareGroup}/consumers"] = OnGroup(Describe),
        [$"GET {ShareGroup}/consumers/{{consumer_id}}"] = OnGroup(Describe),
        [$"GET {ShareGroup}/consumers/{{consumer_id}}/assignments"] = OnGroup(Describe).ShowsTopics(),

        [$"GET {Cluster}/streams-groups"] = OnGroup(Describe).Filters(),
        [$"GET {StreamsGroup}"] = OnGroup(Describe),
        [$"GET {StreamsGroup}/subtopologies"] = OnGroup(Describe).ShowsTopics(),
        [$"GET {StreamsGroup}/subtopologies/{{subtopology_id}}"] = OnGroup(Describe).ShowsTopics(),
        [$"GET {StreamsGroup}/members"] = OnGroup(Describe),
        [$"GET {StreamsGroup}/members/{{member_id}}"] = OnGroup(Describe),
        [$"GET {StreamsGroup}/members/{{member_id}}/assignments"] = OnGroup(Describe),
        [$"GET {StreamsGroup}/members/{{member_id}}/assignments/{{assignments_type}}"] = OnGroup(Describe),
        [$"GET {StreamsGroup}/members/{{member_id}}/assignments/{{assignments_type}}/subtopologies/{{subtopology_id}}"] = OnGroup(Describe),
        [$"GET {StreamsGroup}/members/{{member_id}}/target-assignments"] = OnGroup(Describe),
        [$"GET {StreamsGroup}/members/{{member_id}}/target-assignments/{{assignments_type}}"] = OnGroup(Describe),
        [$"GET {StreamsGroup}/members/{{member_id}}/target-assignments/{{assignments_type}}/subtopologies/{{subtopology_id}}"] = OnGroup(Describe),
    };

    /// <summary>What is needed; null for what is not an operation of Kafka REST.</summary>
    /// <param name="method">HTTP method.</param>
    /// <param name="path">Below the prefix, as in the OpenAPI document.</param>
    public static NeededRight? Of(string method, string path) => Table.GetValueOrDefault($"{method} {path}");

    /// <summary>Every line: method, path, right.</summary>
    public static IEnumerable<(string Operation, NeededRight Right)> All => Table.Select(line => (line.Key, line.Value));

    private static NeededRight OnCluster(AclOperation operation) => new(operation, AclResourceType.Cluster);

    private static NeededRight OnTopic(AclOperation operation) => new(operation, AclResourceType.Topic);

    private static NeededRight OnGroup(AclOperation operation) => new(operation, AclResourceType.Group);
}
