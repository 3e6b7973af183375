namespace Sluice.Tests.Brokers.Deciding;

/// <summary>One request of the table.</summary>
/// <param name="Method">HTTP method.</param>
/// <param name="Path">Below the cluster.</param>
/// <param name="Body">JSON, or none.</param>
internal sealed record Question(HttpMethod Method, string Path, string? Body = null)
{
    /// <summary>A topic that the request takes away: it is there before it.</summary>
    public string? Victim { get; init; }

    /// <summary>A topic that the request makes: it is not there before it.</summary>
    public string? Makes { get; init; }

    public override string ToString() => $"{Method} {Path}";
}

/// <summary>What is asked with each set of ACLs.</summary>
internal static class Questions
{
    private const string Record = """{"value":{"type":"STRING","data":"v"}}""";
    private const string Retention = """{"value":"86400000"}""";
    private const string Alteration = """{"data":[{"name":"retention.ms","value":"86400000"}],"validate_only":true}""";

    public static readonly IReadOnlyList<Question> All =
    [
        Get(""),
        Get("/brokers"),
        Get("/broker-configs"),
        Get("/brokers/1/configs"),
        Post("/broker-configs:alter", """{"data":[{"name":"log.cleaner.threads","value":"2"}],"validate_only":true}"""),
        Post("/brokers/1/configs:alter", """{"data":[{"name":"log.cleaner.threads","value":"2"}],"validate_only":true}"""),
        Get("/brokers/1/partition-replicas"),

        Get("/topics"),
        Get("/topics/orders"),
        Get("/topics/orders?include_authorized_operations=true"),
        Get("/topics/other"),
        Get("/topics/public"),
        Get("/topics/ghost"),
        Post("/topics", """{"topic_name":"new-dry","partitions_count":1,"validate_only":true}"""),
        Post("/topics", """{"topic_name":"orders","partitions_count":1,"validate_only":true}"""),
        Post("/topics", """{"topic_name":"new-made","partitions_count":2}""") with { Makes = "new-made" },
        new(HttpMethod.Patch, "/topics/orders", """{"partitions_count":1}"""),
        new(HttpMethod.Patch, "/topics/ghost", """{"partitions_count":2}"""),
        new(HttpMethod.Delete, "/topics/orders-victim") { Victim = "orders-victim" },
        new(HttpMethod.Delete, "/topics/ghost"),

        Get("/topics/orders/configs"),
        Get("/topics/orders/configs/retention.ms"),
        Get("/topics/ghost/configs"),
        Get("/topics/orders/default-configs"),
        Get("/topics/-/configs"),
        new(HttpMethod.Put, "/topics/orders/configs/retention.ms", Retention),
        new(HttpMethod.Delete, "/topics/orders/configs/retention.ms"),
        Post("/topics/orders/configs:alter", Alteration),
        Post("/topics/ghost/configs:alter", Alteration),
        Post("/topics/-/configs:alter", """{"data":[{"topic_name":"orders","configs":[{"name":"retention.ms","value":"1"}]}],"validate_only":true}"""),

        Get("/topics/orders/partitions"),
        Get("/topics/orders/partitions/0"),
        Get("/topics/orders/partitions/0/offset"),
        Get("/topics/orders/partitions/0/replicas"),
        Get("/topics/orders/partitions/0/reassignment"),
        Get("/topics/-/partitions/-/reassignment"),
        Get("/topics/ghost/partitions"),

        Post("/topics/orders/records", Record),
        Post("/topics/other/records", Record),
        Post("/topics/ghost/records", Record),

        Get("/acls?principal=User:nobody-has-any"),
        Post("/acls", """{"resource_type":"TOPIC","resource_name":"harmless","pattern_type":"LITERAL","principal":"User:harmless","host":"*","operation":"READ","permission":"ALLOW"}"""),
        new(HttpMethod.Delete, "/acls?resource_type=TOPIC&resource_name=harmless-too&pattern_type=LITERAL&principal=User:harmless&host=*&operation=READ&permission=ALLOW"),

        Get("/consumer-groups"),
        Get("/consumer-groups/group-orders"),
        Get("/consumer-groups/group-orders/consumers"),
        Get("/consumer-groups/group-orders/lags"),
        Get("/consumer-groups/group-orders/lag-summary"),
        Get("/consumer-groups/team"),
        Get("/consumer-groups/nobody"),
        Get("/share-groups"),
        Get("/share-groups/share-orders"),
        Get("/share-groups/share-orders/consumers"),
    ];

    private static Question Get(string path) => new(HttpMethod.Get, path);

    private static Question Post(string path, string body) => new(HttpMethod.Post, path, body);
}
