namespace Sluice.OpenApi.Operations;

/// <summary>Producing records, and the groups that read them.</summary>
internal static partial class KafkaOperations
{
    private const string Group = Cluster + "/consumer-groups/{consumer_group_id}";
    private const string Consumer = Group + "/consumers/{consumer_id}";
    private const string ShareGroup = Cluster + "/share-groups/{group_id}";
    private const string StreamsGroup = Cluster + "/streams-groups/{group_id}";
    private const string Member = StreamsGroup + "/members/{member_id}";

    private const string Data = """
        {"type": ["object", "null"], "properties": {
          "type": {"type": ["string", "null"], "enum": ["BINARY", "JSON", "STRING", "AVRO", "JSONSCHEMA", "PROTOBUF", null],
            "description": "How data is written. The last three need a Schema Registry and schema; with one, leaving type out means a schema of its."},
          "data": {"description": "BINARY: base64. STRING: a string. Otherwise any JSON. Null: a null key or value."},
          "subject": {"type": ["string", "null"]},
          "subject_name_strategy": {"type": ["string", "null"], "enum": ["TOPIC_NAME", "RECORD_NAME", "TOPIC_RECORD_NAME", null]},
          "schema_id": {"type": ["integer", "null"]},
          "schema_version": {"type": ["integer", "null"]},
          "schema": {"type": ["string", "null"]}}}
        """;

    private const string RecordFields = $$"""
        "partition_id": {"type": ["integer", "null"], "format": "int32", "description": "Left out: the key decides."},
        "headers": {"type": ["array", "null"], "items": {"type": "object", "required": ["name"], "properties": {
          "name": {"type": "string"}, "value": {"type": ["string", "null"], "contentEncoding": "base64"} } } },
        "timestamp": {"type": ["string", "null"], "format": "date-time", "description": "Left out: now."},
        "key": {{Data}},
        "value": {{Data}}
        """;

    private static IEnumerable<Operation> Records() =>
    [
        Op.Post(Topic + "/records", "Produce records")
            .Says("""
                The body is JSON objects one after the other, without commas: one record, or a stream of them for as long as the request is kept
                open. Each is answered by one delivery report, in the same order, each on a line of its own, as soon as the cluster has stored it.

                The HTTP status is 200 once the first record has been read: look at each report's `error_code`. A client that sends a long
                stream must read the reports meanwhile.
                """)
            .Takes($$"""{"type": "object", "properties": { {{RecordFields}} } }""", """{"key": {"type": "STRING", "data": "order-1"}, "value": {"type": "JSON", "data": {"total": 12}}}""")
            .Gives(200, "DeliveryReport", "A report for each record."),
        Op.Post(Topic + "/records:batch", "Produce a few records at once")
            .Takes(
                $$"""{"type": "object", "required": ["entries"], "properties": {"entries": {"type": "array", "minItems": 1, "items": {"type": "object", "required": ["id"], "properties": {"id": {"type": "string", "pattern": "^[0-9A-Za-z_-]{1,80}$"}, {{RecordFields}} } } } } }""",
                """{"entries": [{"id": "1", "value": {"type": "JSON", "data": {"total": 12}}}]}""")
            .Gives(207, "BatchReport", "What became of each, by its id."),
    ];

    private static IEnumerable<Operation> Groups() =>
    [
        Op.Get(Cluster + "/consumer-groups", "List consumer groups").Says("Groups that the caller may not see are left out.").Lists("ConsumerGroup"),
        Op.Get(Group, "Get a consumer group").Gives(200, "ConsumerGroup"),
        Op.Get(Group + "/consumers", "List a group's members").Lists("Consumer"),
        Op.Get(Consumer, "Get a group's member").Gives(200, "Consumer"),
        Op.Get(Consumer + "/assignments", "List the partitions that a member reads").Lists("ConsumerAssignment"),
        Op.Get(Consumer + "/assignments/{topic_name}/partitions/{partition_id}", "Get a partition that a member reads").Gives(200, "ConsumerAssignment"),
        Op.Get(Group + "/lag-summary", "Sum up how far a group is behind").Gives(200, "LagSummary"),
        Op.Get(Group + "/lags", "List how far a group is behind, by partition").Says("Largest first.").Lists("Lag"),
        Op.Get(Group + "/lags/{topic_name}/partitions/{partition_id}", "Get how far a group is behind in a partition").Gives(200, "Lag"),
        Op.Get(Cluster + "/share-groups", "List share groups").Lists("ShareGroup"),
        Op.Get(ShareGroup, "Get a share group").Gives(200, "ShareGroup"),
        Op.Get(ShareGroup + "/consumers", "List a share group's members").Lists("ShareConsumer"),
        Op.Get(ShareGroup + "/consumers/{consumer_id}", "Get a share group's member").Gives(200, "ShareConsumer"),
        Op.Get(ShareGroup + "/consumers/{consumer_id}/assignments", "List the partitions of a share group's member").Lists("ShareAssignment"),
        Op.Get(Cluster + "/streams-groups", "List streams groups").Lists("StreamsGroup"),
        Op.Get(StreamsGroup, "Get a streams group").Gives(200, "StreamsGroup"),
        Op.Get(StreamsGroup + "/subtopologies", "List a streams group's subtopologies").Lists("Subtopology"),
        Op.Get(StreamsGroup + "/subtopologies/{subtopology_id}", "Get a subtopology").Gives(200, "Subtopology"),
        Op.Get(StreamsGroup + "/members", "List a streams group's members").Lists("StreamsMember"),
        Op.Get(Member, "Get a streams group's member").Gives(200, "StreamsMember"),
        .. Tasks("/assignments", "what a member runs"),
        .. Tasks("/target-assignments", "what a member is to run"),
    ];

    private static IEnumerable<Operation> Tasks(string which, string what) =>
    [
        Op.Get(Member + which, $"Get {what}").Gives(200, "StreamsAssignments"),
        Op.Get(Member + which + "/{assignments_type}", $"List the tasks of one kind of {what}").Lists("StreamsTask"),
        Op.Get(Member + which + "/{assignments_type}/subtopologies/{subtopology_id}", $"Get the tasks of one kind and subtopology of {what}").Gives(200, "StreamsTask"),
    ];
}
