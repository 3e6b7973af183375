namespace Sluice.OpenApi.Operations;

/// <summary>Kafka REST v3: clusters, brokers, topics, partitions, ACLs. What each needs comes from <see cref="Rest.V3.Rights"/>.</summary>
internal static partial class KafkaOperations
{
    private const string Cluster = "/clusters/{cluster_id}";
    private const string Topic = Cluster + "/topics/{topic_name}";
    private const string Partition = Topic + "/partitions/{partition_id}";
    private const string Broker = Cluster + "/brokers/{broker_id}";

    private const string ValueBody = """{"type": "object", "properties": {"value": {"type": ["string", "null"]}}}""";
    private const string ValueExample = """{"value": "604800000"}""";
    private const string AlterBody = """
        {"type": "object", "required": ["data"], "properties": {
          "data": {"type": "array", "items": {"type": "object", "required": ["name"], "properties": {
            "name": {"type": "string"}, "value": {"type": ["string", "null"]},
            "operation": {"type": ["string", "null"], "enum": ["SET", "DELETE", null]}}}},
          "validate_only": {"type": "boolean"}}}
        """;

    private const string AlterExample = """{"data": [{"name": "retention.ms", "value": "604800000"}, {"name": "cleanup.policy", "operation": "DELETE"}]}""";
    private const string AclBody = """
        {"type": "object", "required": ["resource_type", "resource_name", "pattern_type", "principal", "host", "operation", "permission"], "properties": {
          "resource_type": {"type": "string", "enum": ["TOPIC", "GROUP", "CLUSTER", "TRANSACTIONAL_ID", "DELEGATION_TOKEN"]},
          "resource_name": {"type": "string"}, "pattern_type": {"type": "string", "enum": ["LITERAL", "PREFIXED"]},
          "principal": {"type": "string"}, "host": {"type": "string"},
          "operation": {"type": "string", "enum": ["ALL", "READ", "WRITE", "CREATE", "DELETE", "ALTER", "DESCRIBE", "CLUSTER_ACTION", "DESCRIBE_CONFIGS", "ALTER_CONFIGS", "IDEMPOTENT_WRITE"]},
          "permission": {"type": "string", "enum": ["ALLOW", "DENY"]}}}
        """;

    private const string AclExample = """
        {"resource_type": "TOPIC", "resource_name": "orders", "pattern_type": "LITERAL", "principal": "User:pool-dev", "host": "*",
         "operation": "WRITE", "permission": "ALLOW"}
        """;

    public static IReadOnlyList<Operation> All { get; } = [.. Clusters(), .. Brokers(), .. Topics(), .. Partitions(), .. Acls(), .. Records(), .. Groups()];

    private static IEnumerable<Operation> Clusters() =>
    [
        Op.Get("/clusters", "List the clusters behind this gateway").Lists("Cluster"),
        Op.Get(Cluster, "Get a cluster").Gives(200, "Cluster"),
        Op.Get(Cluster + "/broker-configs", "List the settings that hold for all brokers").Says("Only what was set at run time; a fresh cluster has none.").Lists("Config"),
        Op.Get(Cluster + "/broker-configs/{name}", "Get a setting that holds for all brokers").Gives(200, "Config"),
        Op.Put(Cluster + "/broker-configs/{name}", "Set a setting for all brokers").Takes(ValueBody, ValueExample).Gives(204),
        Op.Delete(Cluster + "/broker-configs/{name}", "Reset a setting for all brokers").Gives(204),
        Op.Post(Cluster + "/broker-configs:alter", "Change several settings for all brokers at once").Takes(AlterBody, AlterExample).Gives(204),
    ];

    private static IEnumerable<Operation> Brokers() =>
    [
        Op.Get(Cluster + "/brokers", "List the brokers").Lists("Broker"),
        Op.Get(Broker, "Get a broker").Gives(200, "Broker"),
        Op.Get(Broker + "/partition-replicas", "List the replicas on a broker").Lists("Replica"),
        Op.Get(Cluster + "/brokers/-/configs", "List the settings of every broker").Lists("Config"),
        Op.Get(Broker + "/configs", "List a broker's settings").Lists("Config"),
        Op.Get(Broker + "/configs/{name}", "Get a broker's setting").Gives(200, "Config"),
        Op.Put(Broker + "/configs/{name}", "Set a broker's setting").Takes(ValueBody, ValueExample).Gives(204),
        Op.Delete(Broker + "/configs/{name}", "Reset a broker's setting").Gives(204),
        Op.Post(Broker + "/configs:alter", "Change several settings of a broker at once").Takes(AlterBody, AlterExample).Gives(204),
    ];

    private static IEnumerable<Operation> Topics() =>
    [
        Op.Get(Cluster + "/topics", "List topics").Says("Internal topics, and topics that the caller may not see, are left out.")
            .Query("includeAuthorizedOperations", "boolean", "Say for each what the caller may do with it.").Lists("Topic"),
        Op.Post(Cluster + "/topics", "Create a topic")
            .Takes(
                """
                {"type": "object", "required": ["topic_name"], "properties": {
                  "topic_name": {"type": "string", "minLength": 1, "maxLength": 249, "pattern": "^[A-Za-z0-9._-]+$"},
                  "partitions_count": {"type": ["integer", "null"], "format": "int32", "description": "Left out: the cluster's default."},
                  "replication_factor": {"type": ["integer", "null"], "format": "int32", "description": "Left out: the cluster's default."},
                  "replicas_assignments": {"type": ["object", "null"], "additionalProperties": {"type": "array", "items": {"type": "integer"}},
                    "description": "Brokers of each partition; overrides both counts."},
                  "configs": {"type": ["array", "null"], "items": {"type": "object", "required": ["name"], "properties": {
                    "name": {"type": "string"}, "value": {"type": ["string", "null"]}}}},
                  "validate_only": {"type": "boolean", "description": "Check, and create nothing: 200 in place of 201."}}}
                """,
                """{"topic_name": "orders", "partitions_count": 3, "configs": [{"name": "retention.ms", "value": "604800000"}]}""")
            .Gives(201, "Topic", "Created; Location has its address.").Gives(200, "Topic", "It could be created: validate_only was given."),
        Op.Get(Topic, "Get a topic").Query("include_authorized_operations", "boolean", "Say what the caller may do with it.").Gives(200, "Topic"),
        Op.Patch(Topic, "Add partitions")
            .Takes(
                """{"type": "object", "required": ["partitions_count"], "properties": {"partitions_count": {"type": "integer", "format": "int32", "description": "How many there are to be: more than now."}}}""",
                """{"partitions_count": 6}""")
            .Gives(200, "Topic"),
        Op.Delete(Topic, "Delete a topic").Says("Its records go with it.").Gives(204),
        Op.Get(Topic + "/configs", "List a topic's settings").Lists("Config"),
        Op.Get(Topic + "/configs/{name}", "Get a topic's setting").Gives(200, "Config"),
        Op.Put(Topic + "/configs/{name}", "Set a topic's setting").Takes(ValueBody, ValueExample).Gives(204),
        Op.Delete(Topic + "/configs/{name}", "Reset a topic's setting").Gives(204),
        Op.Post(Topic + "/configs:alter", "Change several settings of a topic at once").Takes(AlterBody, AlterExample).Gives(204),
        Op.Get(Topic + "/default-configs", "List the settings that a new topic would have").Lists("Config"),
        Op.Get(Cluster + "/topics/-/configs", "List the settings of every topic").Lists("Config"),
        Op.Post(Cluster + "/topics/-/configs:alter", "Change settings of several topics")
            .Takes(
                """
                {"type": "object", "required": ["data"], "properties": {
                  "data": {"type": "array", "items": {"type": "object", "required": ["topic_name", "configs"], "properties": {
                    "topic_name": {"type": "string"},
                    "configs": {"type": "array", "items": {"type": "object", "required": ["name"], "properties": {
                      "name": {"type": "string"}, "value": {"type": ["string", "null"]}, "operation": {"type": ["string", "null"], "enum": ["SET", "DELETE", null]}}}}}}},
                  "validate_only": {"type": "boolean"}}}
                """,
                """{"data": [{"topic_name": "orders", "configs": [{"name": "retention.ms", "value": "604800000"}]}]}""")
            .Gives(204).Gives(207, "AlterTopicsFailures", "Some topics were refused; the others are changed."),
    ];

    private static IEnumerable<Operation> Partitions() =>
    [
        Op.Get(Topic + "/partitions", "List a topic's partitions").Lists("Partition"),
        Op.Get(Partition, "Get a partition").Gives(200, "Partition"),
        Op.Get(Partition + "/offset", "Get a partition's first and next offset")
            .Query("offset_type", "string", "Only `earliest_and_latest`, which is also the default.").Gives(200, "PartitionOffsets"),
        Op.Get(Partition + "/replicas", "List a partition's replicas").Lists("Replica"),
        Op.Get(Partition + "/replicas/{broker_id}", "Get a partition's replica on a broker").Gives(200, "Replica"),
        Op.Get(Partition + "/reassignment", "Get a partition's reassignment").Says("404 when none is under way.").Gives(200, "Reassignment"),
        Op.Get(Topic + "/partitions/-/reassignment", "List the reassignments of a topic's partitions").Lists("Reassignment"),
        Op.Get(Cluster + "/topics/-/partitions/-/reassignment", "List all reassignments").Lists("Reassignment"),
    ];

    private static IEnumerable<Operation> Acls() =>
    [
        Filters(Op.Get(Cluster + "/acls", "Search ACLs").Says("Each filter left out matches all."), required: false).Lists("Acl"),
        Op.Post(Cluster + "/acls", "Create an ACL").Takes(AclBody, AclExample).Gives(201, description: "Created, or there already; Location has its address."),
        Op.Post(Cluster + "/acls:batch", "Create several ACLs")
            .Takes($$"""{"type": "object", "required": ["data"], "properties": {"data": {"type": "array", "items": {{AclBody}} } } }""", $$"""{"data": [{{AclExample}}]}""")
            .Gives(201),
        Filters(Op.Delete(Cluster + "/acls", "Delete ACLs").Says("All that match; the answer has them."), required: true).Gives(200, "DeletedAcls"),
    ];

    private static Operation Filters(Operation operation, bool required) => operation
        .Query("resource_type", "string", "`TOPIC`, `GROUP`, `CLUSTER`, `TRANSACTIONAL_ID`, `DELEGATION_TOKEN` or `ANY`.", required, "TOPIC")
        .Query("resource_name", "string", "Exactly this name.")
        .Query("pattern_type", "string", "`LITERAL`, `PREFIXED`, `MATCH` or `ANY`.", required, "ANY")
        .Query("principal", "string", "Such as `User:pool-dev`.")
        .Query("host", "string", "The address it holds for.")
        .Query("operation", "string", "Such as `WRITE`, or `ANY`.", required, "ANY")
        .Query("permission", "string", "`ALLOW`, `DENY` or `ANY`.", required, "ANY");
}
