namespace Sluice.Tests.Contract;

/// <summary>
/// Every operation of the OpenAPI files and of the gateway's own document, each with a request that succeeds and one that fails.
/// Names in braces and after <c>$</c> are values of <see cref="ContractWorld"/>.
/// </summary>
internal static partial class ContractTable
{
    private const string Cluster = "/clusters/{cluster_id}";
    private const string Topic = Cluster + "/topics/{topic_name}";
    private const string Partition = Topic + "/partitions/{partition_id}";
    private const string Broker = Cluster + "/brokers/{broker_id}";

    private const string Acl = """
        {"resource_type":"TOPIC","resource_name":"$new_name","pattern_type":"LITERAL","principal":"User:contract","host":"*","operation":"READ","permission":"ALLOW"}
        """;

    private const string AclOfAnything = """
        {"resource_type":"ANY","resource_name":"x","pattern_type":"LITERAL","principal":"User:contract","host":"*","operation":"READ","permission":"ALLOW"}
        """;

    private static readonly (string, string) UnknownCluster = ("cluster_id", "lkc-nowhere");
    private static readonly (string, string) UnknownTopic = ("topic_name", "no-such-topic");
    private static readonly (string, string) UnknownPartition = ("partition_id", "4711");
    private static readonly (string, string) UnknownConfig = ("name", "no.such.config");

    public static IReadOnlyList<ContractOperation> All { get; } =
    [
        .. Clusters(), .. Brokers(), .. Topics(), .. TopicConfigs(), .. Partitions(), .. Acls(), .. Records(), .. ConsumerGroups(), .. ShareGroups(),
        .. StreamsGroups(), .. NotOffered(),
    ];

    private static ContractOperation Get(string template) => new("GET", template);

    private static ContractOperation Put(string template) => new("PUT", template);

    private static ContractOperation Post(string template) => new("POST", template);

    private static ContractOperation Patch(string template) => new("PATCH", template);

    private static ContractOperation Delete(string template) => new("DELETE", template);

    private static IEnumerable<ContractOperation> Clusters()
    {
        const string Configs = Cluster + "/broker-configs";
        return
        [
            Get("/clusters").Succeeds(200).Fails(406, 406, accept: "text/html"),
            Get(Cluster).Succeeds(200).Fails(404, 404, with: UnknownCluster),
            Get(Configs).Succeeds(200).Fails(404, 404, with: UnknownCluster),
            Get(Configs + "/{name}").Succeeds(200, with: ("name", "$cluster_config")).Fails(404, 404, with: UnknownConfig),
            Put(Configs + "/{name}").Succeeds(204, """{"value":"9223372036854775807"}""", with: ("name", "log.cleaner.max.compaction.lag.ms"))
                .Fails(422, 42206, "", with: ("name", "log.cleaner.max.compaction.lag.ms")),
            Delete(Configs + "/{name}").Succeeds(204, with: ("name", "$cluster_config")).Fails(404, 404, with: UnknownConfig),
            Post(Configs + ":alter")
                .Succeeds(204, """{"data":[{"name":"log.cleaner.max.compaction.lag.ms","value":"9223372036854775807"},{"name":"log.cleaner.io.max.bytes.per.second","value":null,"operation":"DELETE"}],"validate_only":true}""")
                .Fails(400, 400, """{"data":[{"name":"log.retention.ms","operation":"set"}]}"""),
        ];
    }

    private static IEnumerable<ContractOperation> Brokers()
    {
        const string Configs = Broker + "/configs";
        (string, string) unknown = ("broker_id", "4711"), config = ("name", "log.cleaner.min.compaction.lag.ms");
        return
        [
            Get(Cluster + "/brokers").Succeeds(200).Fails(404, 404, with: UnknownCluster),
            Get(Broker).Succeeds(200).Fails(404, 404, with: unknown),
            Get(Broker + "/partition-replicas").Succeeds(200).Fails(404, 404, with: unknown),
            Get(Cluster + "/brokers/-/configs").Succeeds(200).Fails(404, 404, with: UnknownCluster),
            Get(Configs).Succeeds(200).Fails(404, 404, with: unknown),
            Get(Configs + "/{name}").Succeeds(200, with: config).Fails(404, 404, with: UnknownConfig),
            Put(Configs + "/{name}").Succeeds(204, """{"value":"0"}""", with: config).Fails(404, 404, """{"value":"0"}""", with: UnknownConfig),
            Delete(Configs + "/{name}").Succeeds(204, with: config).Fails(404, 404, with: [config, unknown]),
            Post(Configs + ":alter").Succeeds(204, """{"data":[{"name":"log.cleaner.min.compaction.lag.ms","value":"0","operation":"SET"}]}""")
                .Fails(404, 404, """{"data":[{"name":"no.such.config","value":"0"}]}"""),
        ];
    }

    private static IEnumerable<ContractOperation> Topics() =>
    [
        Get(Cluster + "/topics").Succeeds(200, query: "?includeAuthorizedOperations=true").Fails(404, 404, with: UnknownCluster),
        Post(Cluster + "/topics")
            .Succeeds(201, """{"topic_name":"$new_name","partitions_count":2,"replication_factor":1,"configs":[{"name":"retention.ms","value":"1000"}],"validate_only":false}""")
            .Fails(400, 40002, """{"topic_name":"$topic_name"}"""),
        Get(Topic).Succeeds(200, query: "?include_authorized_operations=true").Fails(404, 40403, with: UnknownTopic),
        Patch(Topic).Succeeds(200, """{"partitions_count":3}""", with: ("topic_name", "$new_topic")).Fails(400, 40002, """{"partitions_count":1}"""),
        Delete(Topic).Succeeds(204, with: ("topic_name", "$new_topic")).Fails(404, 40403, with: UnknownTopic),
    ];

    private static IEnumerable<ContractOperation> TopicConfigs()
    {
        (string, string) config = ("name", "retention.ms");
        return
        [
            Get(Topic + "/configs").Succeeds(200).Fails(404, 40403, with: UnknownTopic),
            Get(Topic + "/configs/{name}").Succeeds(200, with: config).Fails(404, 404, with: UnknownConfig),
            Put(Topic + "/configs/{name}").Succeeds(204, """{"value":"86400000"}""", with: config).Fails(400, 40002, """{"value":"soon"}""", with: config),
            Delete(Topic + "/configs/{name}").Succeeds(204, with: config).Fails(404, 404, with: UnknownConfig),
            Post(Topic + "/configs:alter").Succeeds(204, """{"data":[{"name":"retention.ms","value":"86400000"},{"name":"cleanup.policy","operation":"DELETE"}]}""")
                .Fails(422, 422, """{"data":[],"force":true}"""),
            Get(Topic + "/default-configs").Succeeds(200).Fails(404, 40403, with: UnknownTopic),
            Get(Cluster + "/topics/-/configs").Succeeds(200).Fails(404, 404, with: UnknownCluster),
            Post(Cluster + "/topics/-/configs:alter").Succeeds(204, """{"data":[{"topic_name":"$topic_name","configs":[{"name":"retention.ms","value":"86400000"}]}]}""")
                .Fails(404, 40403, """{"data":[{"topic_name":"no-such-topic","configs":[]}]}"""),
        ];
    }

    private static IEnumerable<ContractOperation> Partitions() =>
    [
        Get(Topic + "/partitions").Succeeds(200).Fails(404, 40403, with: UnknownTopic),
        Get(Partition).Succeeds(200).Fails(404, 404, with: UnknownPartition),
        Get(Partition + "/offset").Succeeds(200, query: "?offset_type=earliest_and_latest").Fails(404, 40402, with: UnknownPartition),
        Get(Partition + "/replicas").Succeeds(200).Fails(404, 404, with: UnknownPartition),
        Get(Partition + "/replicas/{broker_id}").Succeeds(200).Fails(404, 404, with: ("broker_id", "4711")),
        Get(Cluster + "/topics/-/partitions/-/reassignment").Succeeds(200).Fails(404, 404, with: UnknownCluster),
        Get(Topic + "/partitions/-/reassignment").Succeeds(200).Fails(404, 40403, with: UnknownTopic),
        Get(Partition + "/reassignment").Succeeds(200, with: ("topic_name", "$moving_topic")).Fails(404, 404),
    ];

    private static IEnumerable<ContractOperation> Acls() =>
    [
        Get(Cluster + "/acls").Succeeds(200, query: "?resource_type=topic&pattern_type=MATCH&principal=User:contract&host=*")
            .Fails(404, 404, query: "?operation=levitate"),
        Post(Cluster + "/acls").Succeeds(201, Acl).Fails(400, 400, AclOfAnything),
        Post(Cluster + "/acls:batch").Succeeds(201, $$"""{"data":[{{Acl}},{{Acl}}]}""").Fails(422, 42206, "{}"),
        Delete(Cluster + "/acls")
            .Succeeds(200, query: "?resource_type=TOPIC&resource_name=$acl_topic&pattern_type=ANY&principal=User:contract&host=*&operation=ANY&permission=ANY")
            .Fails(400, 400, query: "?resource_type=TOPIC"),
    ];

    private static IEnumerable<ContractOperation> Records() =>
    [
        Post(Topic + "/records")
            .Succeeds(200, """
                {"partition_id":0,"headers":[{"name":"h","value":"AA=="},{"name":"n","value":null}],"key":{"type":"STRING","data":"k"},"value":{"type":"JSON","data":{"a":1}},"timestamp":"2026-01-31T12:00:00Z"}
                {"value":{"type":"BINARY","data":"!"}}{"key":{"type":"BINARY","data":null}}{}
                """)
            .Fails(422, 42206, ""),
        Post(Topic + "/records:batch")
            .Succeeds(207, """{"entries":[{"id":"1","value":{"type":"STRING","data":"x"}},{"id":"2","value":{"type":"BINARY","data":"!"}}]}""")
            .Fails(422, 42208, """{"entries":[]}"""),
    ];
}
