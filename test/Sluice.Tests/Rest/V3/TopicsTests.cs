using System.Text.Json;
using Sluice.Testing;

namespace Sluice.Tests.Rest.V3;

public abstract class TopicsTests(GatewayFixture fixture)
{
    // A cluster that is there already may have the topics of an earlier run.
    private static readonly string Run = $"topics-{Guid.NewGuid():N}-";

    private readonly GatewayHost _gateway = fixture.Gateway;

    private protected GatewayHost Gateway => _gateway;

    private string Crn => $"crn:///kafka={_gateway.Info.ClusterId}";

    private string Topics => $"{_gateway.Cluster}/topics";

    [Fact]
    public async Task Create_answers_201_with_the_topic_and_its_location()
    {
        var answer = await _gateway.PostAsync(Topics, $$"""{"topic_name":"{{Run}}created","partitions_count":3}""");

        var self = $"{_gateway.Info.Url}{Topics}/{Run}created";
        Assert.Equal(201, answer.Status);
        Assert.Equal(self, answer.Headers.Location!.ToString());
        Assert.Equal("application/json", answer.ContentHeaders.ContentType!.ToString());
        Assert.Equal(
            $$"""
            {"kind":"KafkaTopic","metadata":{"self":"{{self}}","resource_name":"{{Crn}}/topic={{Run}}created"},"cluster_id":"{{_gateway.Info.ClusterId}}","topic_name":"{{Run}}created","is_internal":false,"replication_factor":1,"partitions_count":3,"partitions":{"related":"{{self}}/partitions"},"configs":{"related":"{{self}}/configs"},"partition_reassignments":{"related":"{{self}}/partitions/-/reassignment"},"authorized_operations":[]}
            """,
            answer.Body);
    }

    [Fact]
    public async Task Create_of_a_topic_that_exists_answers_400_with_40002()
    {
        await _gateway.CreateTopicAsync($"{Run}twice");

        var answer = await _gateway.PostAsync(Topics, $$"""{"topic_name":"{{Run}}twice"}""");

        Assert.Equal((400, 40002, $"Topic '{Run}twice' already exists."), (answer.Status, answer.ErrorCode, answer.Message));
    }

    [Fact]
    public async Task Create_with_validate_only_answers_200_and_makes_nothing()
    {
        var answer = await _gateway.PostAsync(Topics, $$"""{"topic_name":"{{Run}}dry","partitions_count":2,"validate_only":true}""");
        var found = await _gateway.GetAsync($"{Topics}/{Run}dry");

        Assert.Equal(200, answer.Status);
        Assert.Equal($"{Run}dry", answer.Json.GetProperty("topic_name").GetString());
        Assert.Null(answer.Headers.Location);
        Assert.Equal(404, found.Status);
    }

    [Fact]
    public async Task Create_sets_the_configs_it_is_given()
    {
        var answer = await _gateway.PostAsync(
            Topics, $$"""{"topic_name":"{{Run}}configured","configs":[{"name":"cleanup.policy","value":"compact"},{"name":"retention.ms","value":"1000"}]}""");

        Assert.Equal(201, answer.Status);
    }

    [Theory]
    [InlineData("""{"topic_name":"c","configs":[{"name":"no.such.config","value":"1"}]}""", 400, 40002)]
    [InlineData("""{"topic_name":"c","configs":[{"name":"retention.ms","value":"soon"}]}""", 400, 40002)]
    [InlineData("""{"topic_name":"c","configs":[{"name":"retention.ms","value":"1"},{"name":"retention.ms","value":"2"}]}""", 422, 42206)]
    [InlineData("""{"topic_name":"c","partitions_count":0}""", 400, 40002)]
    [InlineData("""{"topic_name":"c","partitions_count":-5}""", 400, 40002)]
    [InlineData("""{"topic_name":"c","partitions_count":2147483647}""", 400, 40002)]
    [InlineData("""{"topic_name":"c","partitions_count":2147483648}""", 400, 400)]
    [InlineData("""{"topic_name":"c","partitions_count":"4"}""", 400, 400)]
    [InlineData("""{"topic_name":"c","partitions_count":1.5}""", 400, 400)]
    [InlineData("""{"topic_name":"c","replication_factor":3}""", 400, 40002)]
    [InlineData("""{"topic_name":"c","replication_factor":70000}""", 400, 400)]
    [InlineData("""{"topic_name":7}""", 400, 400)]
    [InlineData("""{"topic_name":null}""", 400, 400)]
    [InlineData("""{}""", 400, 400)]
    [InlineData("""[]""", 400, 400)]
    [InlineData("\"topic\"", 400, 400)]
    [InlineData("""null""", 422, 42206)]
    [InlineData("", 422, 42206)]
    [InlineData("  \r\n ", 422, 42206)]
    [InlineData("""{"topic_name":"c",}""", 400, 400)]
    [InlineData("""{"topic_name":"c"} trailing""", 400, 400)]
    [InlineData("""{"topic_name":"c","topic_name":"d"}""", 400, 400)]
    [InlineData("""{"topic_name":"c","colour":"red"}""", 422, 422)]
    [InlineData("""{"topic_name":"c","configs":[{"name":"retention.ms","value":"1","unit":"ms"}]}""", 422, 422)]
    [InlineData("""{"topic_name":"c","configs":{"retention.ms":"1"}}""", 400, 400)]
    [InlineData("""{"topic_name":"c","configs":["retention.ms"]}""", 400, 400)]
    [InlineData("""{"topic_name":"c","configs":[{"name":"retention.ms","value":5}]}""", 400, 400)]
    [InlineData("""{"topic_name":"c","validate_only":"yes"}""", 400, 400)]
    [InlineData("""{"topic_name":""}""", 422, 42206)]
    [InlineData("""{"topic_name":"."}""", 422, 42206)]
    [InlineData("""{"topic_name":".."}""", 422, 42206)]
    [InlineData("""{"topic_name":"with space"}""", 422, 42206)]
    [InlineData("""{"topic_name":"sl/ash"}""", 422, 42206)]
    [InlineData("""{"topic_name":"ünï"}""", 422, 42206)]
    [InlineData("""{"topic_name":"\ud800"}""", 400, 400)]
    public async Task Create_refuses(string body, int status, int errorCode)
    {
        var answer = await _gateway.PostAsync(Topics, body);

        Assert.Equal((status, errorCode), (answer.Status, answer.ErrorCode));
        Assert.NotEmpty(answer.Message);
    }

    [Fact]
    public async Task Create_refuses_a_name_of_250_characters_and_takes_one_of_249()
    {
        var tooLong = await _gateway.PostAsync(Topics, $$"""{"topic_name":"{{Run.PadRight(250, 'a')}}"}""");
        var longest = await _gateway.PostAsync(Topics, $$"""{"topic_name":"{{Run.PadRight(249, 'a')}}"}""");

        Assert.Equal((422, 42206), (tooLong.Status, tooLong.ErrorCode));
        Assert.Equal(201, longest.Status);
    }

    [Fact]
    public async Task Get_answers_the_topic_that_was_created()
    {
        await _gateway.CreateTopicAsync($"{Run}found", 2);

        var answer = await _gateway.GetAsync($"{Topics}/{Run}found");

        Assert.Equal(200, answer.Status);
        Assert.Equal("KafkaTopic", answer.Json.GetProperty("kind").GetString());
        Assert.Equal(2, answer.Json.GetProperty("partitions_count").GetInt32());
        Assert.Equal(1, answer.Json.GetProperty("replication_factor").GetInt32());
    }

    [Fact]
    public async Task Get_of_an_unknown_topic_answers_404_with_40403()
    {
        var answer = await _gateway.GetAsync($"{Topics}/missing");

        Assert.Equal(
            (404, 40403, "This server does not host this topic-partition."), (answer.Status, answer.ErrorCode, answer.Message));
    }

    [Fact]
    public async Task List_answers_topics_by_name_in_an_envelope_without_paging()
    {
        await _gateway.CreateTopicAsync($"{Run}list-b");
        await _gateway.CreateTopicAsync($"{Run}list-a");

        var answer = await _gateway.GetAsync(Topics);

        Assert.Equal("KafkaTopicList", answer.Json.GetProperty("kind").GetString());
        Assert.Equal($"{_gateway.Info.Url}{Topics}", answer.Json.GetProperty("metadata").GetProperty("self").GetString());
        Assert.Equal(JsonValueKind.Null, answer.Json.GetProperty("metadata").GetProperty("next").ValueKind);
        Assert.False(answer.Json.GetProperty("metadata").TryGetProperty("resource_name", out _));
        var names = answer.Json.GetProperty("data").EnumerateArray().Select(t => t.GetProperty("topic_name").GetString()!).ToList();
        Assert.Equal(names.Order(StringComparer.Ordinal), names);
        Assert.Contains($"{Run}list-a", names);
    }

    [Fact]
    public async Task Delete_answers_204_and_the_topic_is_gone()
    {
        await _gateway.CreateTopicAsync($"{Run}gone");

        var deleted = await _gateway.SendAsync(HttpMethod.Delete, $"{Topics}/{Run}gone");
        var again = await _gateway.SendAsync(HttpMethod.Delete, $"{Topics}/{Run}gone");

        Assert.Equal((204, ""), (deleted.Status, deleted.Body));
        Assert.Equal((404, 40403), (again.Status, again.ErrorCode));
    }

    [Fact]
    public async Task Patch_raises_the_number_of_partitions_and_refuses_to_lower_it()
    {
        await _gateway.CreateTopicAsync($"{Run}grown", 2);

        var raised = await _gateway.SendAsync(HttpMethod.Patch, $"{Topics}/{Run}grown", """{"partitions_count":5}""");
        var lowered = await _gateway.SendAsync(HttpMethod.Patch, $"{Topics}/{Run}grown", """{"partitions_count":3}""");
        var empty = await _gateway.SendAsync(HttpMethod.Patch, $"{Topics}/{Run}grown", "");

        Assert.Equal(200, raised.Status);
        Assert.Equal(5, raised.Json.GetProperty("partitions_count").GetInt32());
        Assert.Equal((400, 40002), (lowered.Status, lowered.ErrorCode));
        Assert.Equal((422, 42206, "Payload error. Request body is empty. Partitions_count is required."), (empty.Status, empty.ErrorCode, empty.Message));
    }

    [Fact]
    public async Task The_same_routes_answer_under_the_prefix_of_the_stand_alone_proxy()
    {
        var answer = await _gateway.GetAsync($"/v3/clusters/{_gateway.Info.ClusterId}/topics");

        Assert.Equal($"{_gateway.Info.Url}/v3/clusters/{_gateway.Info.ClusterId}/topics", answer.Json.GetProperty("metadata").GetProperty("self").GetString());
    }

    [Fact]
    public async Task An_unknown_cluster_answers_404()
    {
        var answer = await _gateway.GetAsync("/kafka/v3/clusters/lkc-other/topics");

        var itself = await _gateway.GetAsync("/kafka/v3/clusters/lkc-other");
        var groups = await _gateway.GetAsync("/kafka/v3/clusters/lkc-other/consumer-groups");

        Assert.Equal((404, 404, "Cluster lkc-other cannot be found."), (answer.Status, answer.ErrorCode, answer.Message));
        Assert.Equal((404, 404, "HTTP 404 Not Found"), (itself.Status, itself.ErrorCode, itself.Message));
        Assert.Equal((404, 404, "Cluster lkc-other could not be found."), (groups.Status, groups.ErrorCode, groups.Message));
    }

    [Theory]
    [InlineData("GET", "/kafka/v3/nowhere", 404)]
    [InlineData("GET", "/kafka/v3/clusters/lkc-dev/nowhere", 404)]
    [InlineData("PUT", "/kafka/v3/clusters/lkc-dev/topics", 405)]
    [InlineData("DELETE", "/kafka/v3/clusters/lkc-dev/topics", 405)]
    public async Task What_is_not_there_is_answered_in_JSON(string method, string path, int status)
    {
        var answer = await _gateway.SendAsync(new HttpMethod(method), path.Replace("lkc-dev", _gateway.Info.ClusterId, StringComparison.Ordinal));

        Assert.Equal((status, status), (answer.Status, answer.ErrorCode));
    }

    [Fact]
    public async Task A_body_of_another_media_type_answers_415_and_an_Accept_without_JSON_406()
    {
        using var form = await _gateway.RequestAsync(HttpMethod.Post, Topics, new StringContent("""{"topic_name":"x"}"""));
        using var xml = await _gateway.RequestAsync(HttpMethod.Get, Topics);
        xml.Headers.Add("Accept", "application/xml");

        var unsupported = await _gateway.SendAsync(form);
        var unacceptable = await _gateway.SendAsync(xml);

        Assert.Equal((415, 415), (unsupported.Status, unsupported.ErrorCode));
        Assert.Equal((406, 406), (unacceptable.Status, unacceptable.ErrorCode));
    }

    [Fact]
    public async Task A_body_over_the_limit_answers_413_and_deep_nesting_400()
    {
        var large = await _gateway.PostAsync(Topics, $$"""{"topic_name":"{{new string('a', 2 * 1024 * 1024)}}"}""");
        var deep = await _gateway.PostAsync(Topics, new string('[', 10_000) + new string(']', 10_000));

        Assert.Equal((413, 413), (large.Status, large.ErrorCode));
        Assert.Equal((400, 400), (deep.Status, deep.ErrorCode));
    }
}

public sealed class TopicsEmbeddedTests(GatewayFixture fixture) : TopicsTests(fixture), IClassFixture<GatewayFixture>
{
    [Fact]
    public async Task Create_with_nothing_but_a_name_gets_the_default_of_six_partitions()
    {
        var answer = await Gateway.PostAsync($"{Gateway.Cluster}/topics", """{"topic_name":"plain"}""");

        Assert.Equal(201, answer.Status);
        Assert.Equal(6, answer.Json.GetProperty("partitions_count").GetInt32());
    }
}

public sealed class TopicsKafkaTests(KafkaGatewayFixture fixture) : TopicsTests(fixture), IClassFixture<KafkaGatewayFixture>;
