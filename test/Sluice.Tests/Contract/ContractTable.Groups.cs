namespace Sluice.Tests.Contract;

/// <summary>Groups, and what is not offered.</summary>
internal static partial class ContractTable
{
    private const string Group = Cluster + "/consumer-groups/{consumer_group_id}";
    private const string ShareGroup = Cluster + "/share-groups/{group_id}";
    private const string StreamsGroup = Cluster + "/streams-groups/{group_id}";
    private const string Member = StreamsGroup + "/members/{member_id}";

    private static IEnumerable<ContractOperation> ConsumerGroups()
    {
        const string Consumer = Group + "/consumers/{consumer_id}";
        (string, string) unknown = ("consumer_group_id", "nobody");
        return
        [
            Get(Cluster + "/consumer-groups").Succeeds(200).Fails(404, 404, with: UnknownCluster),
            Get(Group).Succeeds(200).Fails(404, 404, with: unknown),
            Get(Group + "/consumers").Succeeds(200).Fails(404, 404, with: unknown),
            Get(Consumer).Succeeds(200).Fails(404, 404, with: ("consumer_id", "nobody")),
            Get(Consumer + "/assignments").Succeeds(200).Fails(404, 404, with: ("consumer_id", "nobody")),
            Get(Consumer + "/assignments/{topic_name}/partitions/{partition_id}").Succeeds(200).Fails(404, 404, with: UnknownPartition),
            Get(Group + "/lag-summary").Succeeds(200).Fails(404, 404, with: unknown),
            Get(Group + "/lags").Succeeds(200).Fails(404, 404, with: unknown),
            Get(Group + "/lags/{topic_name}/partitions/{partition_id}").Succeeds(200).Fails(404, 404, with: UnknownTopic),
        ];
    }

    private static IEnumerable<ContractOperation> ShareGroups()
    {
        (string, string) unknown = ("group_id", "nobody"), group = ("group_id", "$share_group"), member = ("consumer_id", "$share_member");
        return
        [
            Get(Cluster + "/share-groups").Succeeds(200).Fails(404, 404, with: UnknownCluster),
            Get(ShareGroup).Succeeds(200, with: group).Fails(404, 404, with: unknown),
            Get(ShareGroup + "/consumers").Succeeds(200, with: group).Fails(404, 404, with: unknown),
            Get(ShareGroup + "/consumers/{consumer_id}").Succeeds(200, with: [group, member]).Fails(404, 404, with: [group, ("consumer_id", "nobody")]),
            Get(ShareGroup + "/consumers/{consumer_id}/assignments").Succeeds(200, with: [group, member]).Fails(404, 404, with: unknown),
        ];
    }

    private static IEnumerable<ContractOperation> StreamsGroups()
    {
        (string, string) unknown = ("group_id", "nobody"), group = ("group_id", "$streams_group"), stranger = ("member_id", "nobody");
        ContractOperation[] all =
        [
            Get(Cluster + "/streams-groups").Succeeds(200).Fails(404, 404, with: UnknownCluster),
            Get(StreamsGroup).Succeeds(200).Fails(404, 404, with: unknown),
            Get(StreamsGroup + "/subtopologies").Succeeds(200).Fails(404, 404, with: unknown),
            Get(StreamsGroup + "/subtopologies/{subtopology_id}").Succeeds(200).Fails(404, 404, with: ("subtopology_id", "none")),
            Get(StreamsGroup + "/members").Succeeds(200).Fails(404, 404, with: unknown),
            Get(Member).Succeeds(200).Fails(404, 404, with: stranger),
            .. Assignments(Member + "/assignments"),
            .. Assignments(Member + "/target-assignments"),
        ];
        return all.Select(operation => operation.With(group));

        ContractOperation[] Assignments(string path) =>
        [
            Get(path).Succeeds(200).Fails(404, 404, with: stranger),
            Get(path + "/{assignments_type}").Succeeds(200).Fails(404, 404, with: ("assignments_type", "lukewarm")),
            Get(path + "/{assignments_type}/subtopologies/{subtopology_id}").Succeeds(200).Fails(404, 404, with: ("subtopology_id", "none")),
        ];
    }

    /// <summary>
    /// What only Confluent Server can do: cluster links and mirror topics, removal and balancing of brokers, replica status, cells. Answered as an
    /// endpoint that is switched off, 404 for GET and 405 for the rest; there is no request that succeeds.
    /// </summary>
    private static IEnumerable<ContractOperation> NotOffered()
    {
        const string Link = Cluster + "/links/{link_name}";
        string[] gets =
        [
            Cluster + "/links", Link, Link + "/configs", Link + "/configs/{config_name}", Link + "/mirrors", Link + "/mirrors/{mirror_topic_name}",
            Cluster + "/links/-/mirrors", Cluster + "/cells", Cluster + "/balancer", Cluster + "/balancer/any-uneven-load",
            Cluster + "/brokers/-/tasks", Cluster + "/brokers/-/tasks/{task_type}", Broker + "/tasks", Broker + "/tasks/{task_type}",
            Cluster + "/broker-replica-exclusions", Cluster + "/broker-replica-exclusions/{broker_id}",
            Cluster + "/remove-broker-tasks", Cluster + "/remove-broker-tasks/{broker_id}",
            Cluster + "/topics/-/partitions/-/replica-status", Topic + "/partitions/-/replica-status", Partition + "/replica-status",
        ];
        (string Method, string Template)[] others =
        [
            ("POST", Cluster + "/links"), ("DELETE", Link), ("PUT", Link + "/configs/{config_name}"), ("DELETE", Link + "/configs/{config_name}"),
            ("PUT", Link + "/configs:alter"), ("POST", Link + "/mirrors"), ("DELETE", Broker), ("POST", Cluster + "/brokers:delete"),
            ("POST", Broker + ":unregister"), ("POST", Cluster + "/broker-replica-exclusions:create"), ("POST", Cluster + "/broker-replica-exclusions:delete"),
            .. new[]
            {
                "promote", "failover", "pause", "resume", "reverse-and-start-mirror", "reverse-and-pause-mirror", "truncate-and-restore",
                "promote-local-and-start-remote-mirror", "promote-local-and-pause-remote-mirror",
            }.Select(verb => ("POST", $"{Link}/mirrors:{verb}")),
        ];
        return
        [
            .. gets.Select(template => Get(template).Fails(404, 404)),
            .. others.Select(other => new ContractOperation(other.Method, other.Template).Fails(405, 405, other.Method == "DELETE" ? null : "{}")),
        ];
    }
}
