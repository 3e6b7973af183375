namespace Sluice.Tests.Rest.V3;

/// <summary>What plain Kafka cannot do answers as if the endpoint were switched off: 404 for GET, 405 for the rest.</summary>
public sealed class NotOfferedTests(EmbeddedGateway shared) : RestTests(shared), IClassFixture<EmbeddedGateway>
{
    [Theory]
    [InlineData("GET", "/links")]
    [InlineData("POST", "/links?link_name=l")]
    [InlineData("GET", "/links/l")]
    [InlineData("DELETE", "/links/l")]
    [InlineData("GET", "/links/l/configs")]
    [InlineData("GET", "/links/l/configs/c")]
    [InlineData("PUT", "/links/l/configs/c")]
    [InlineData("DELETE", "/links/l/configs/c")]
    [InlineData("PUT", "/links/l/configs:alter")]
    [InlineData("GET", "/links/-/mirrors")]
    [InlineData("GET", "/links/l/mirrors")]
    [InlineData("POST", "/links/l/mirrors")]
    [InlineData("GET", "/links/l/mirrors/m")]
    [InlineData("POST", "/links/l/mirrors:promote")]
    [InlineData("POST", "/links/l/mirrors:failover")]
    [InlineData("POST", "/links/l/mirrors:pause")]
    [InlineData("POST", "/links/l/mirrors:resume")]
    [InlineData("POST", "/links/l/mirrors:reverse-and-start-mirror")]
    [InlineData("POST", "/links/l/mirrors:reverse-and-pause-mirror")]
    [InlineData("POST", "/links/l/mirrors:promote-local-and-start-remote-mirror")]
    [InlineData("POST", "/links/l/mirrors:promote-local-and-pause-remote-mirror")]
    [InlineData("POST", "/links/l/mirrors:truncate-and-restore")]
    [InlineData("DELETE", "/brokers/1?should_shutdown=true")]
    [InlineData("POST", "/brokers:delete")]
    [InlineData("POST", "/brokers/1:unregister")]
    [InlineData("GET", "/brokers/-/tasks")]
    [InlineData("GET", "/brokers/1/tasks")]
    [InlineData("GET", "/brokers/-/tasks/add-broker")]
    [InlineData("GET", "/brokers/1/tasks/remove-broker")]
    [InlineData("GET", "/remove-broker-tasks")]
    [InlineData("GET", "/remove-broker-tasks/1")]
    [InlineData("GET", "/balancer")]
    [InlineData("GET", "/balancer/any-uneven-load")]
    [InlineData("GET", "/broker-replica-exclusions")]
    [InlineData("GET", "/broker-replica-exclusions/1")]
    [InlineData("POST", "/broker-replica-exclusions:create")]
    [InlineData("POST", "/broker-replica-exclusions:delete")]
    [InlineData("GET", "/topics/-/partitions/-/replica-status")]
    [InlineData("GET", "/topics/t/partitions/-/replica-status")]
    [InlineData("GET", "/topics/t/partitions/0/replica-status")]
    [InlineData("GET", "/cells")]
    public async Task Answers_404_or_405_in_JSON(string method, string path)
    {
        var status = method == "GET" ? 404 : 405;
        foreach (var prefix in new[] { "/kafka/v3", "/v3" })
        {
            var answer = await Gateway.SendAsync(new HttpMethod(method), $"{prefix}/clusters/{Gateway.Info.ClusterId}{path}", method == "GET" ? null : "{}");
            AssertError(answer, status, status, status == 404 ? "HTTP 404 Not Found" : "HTTP 405 Method Not Allowed");
        }
    }
}
