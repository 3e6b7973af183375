using Sluice.Testing;

namespace Sluice.Tests.Explain;

/// <summary>Decisions in front of more than one cluster.</summary>
public sealed class SeveralClustersTests
{
    [Fact]
    public async Task The_cluster_must_be_named_and_where_the_brokers_decide_that_is_said()
    {
        await using var gateway = await ServeHost.StartAsync(
            "Clusters:0:Kind=Embedded", "Clusters:0:ClusterId=lkc-local",
            "Clusters:1:ClusterId=lkc-pass", "Clusters:1:BrokerIdentity=Passthrough", "Clusters:1:Client:bootstrap.servers=127.0.0.1:1", "Clusters:1:Client:security.protocol=SASL_PLAINTEXT");
        var pool = await gateway.CreatePoolAsync("svc", isAdmin: false);
        await gateway.GrantAsync($"User:{pool}", "DeveloperRead", "/cloud-cluster=lkc-local/kafka=lkc-local/topic=*");

        var unnamed = await AskAsync("");
        var here = await AskAsync(""","cluster_id":"lkc-local" """);
        var elsewhere = await AskAsync(""","cluster_id":"lkc-pass" """);

        Assert.Equal((400, "resource.cluster_id is required, since there are several: lkc-local, lkc-pass"), (unnamed.Status, unnamed.Message));
        Assert.Equal("ALLOW", Decision(here));
        Assert.Equal("UNDECIDED", Decision(elsewhere));

        Task<Answer> AskAsync(string cluster) => gateway.SendAsync(
            gateway.Token("svc"), pool, HttpMethod.Post, "/sluice/v1/tokens:explain",
            $$"""{"operation":"READ","resource":{"resource_type":"TOPIC","resource_name":"orders"{{cluster}} } }""");
    }

    private static string? Decision(Answer answer) => answer.Json.GetProperty("access").GetProperty("decision").GetString();
}
