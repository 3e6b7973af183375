using System.Text.Json;
using Sluice.Testing;

namespace Sluice.Tests.Rest.V3;

public abstract class TopicConfigsTests(SharedGateway shared) : RestTests(shared)
{
    [Fact]
    public async Task A_config_that_was_set_has_its_body_with_source_and_synonyms()
    {
        var topic = await NewTopicAsync();
        var set = await Gateway.SendAsync(HttpMethod.Put, $"{Cluster}/topics/{topic}/configs/compression.type", """{"value":"gzip"}""");
        var answer = await EventuallyAsync(
            $"{Cluster}/topics/{topic}/configs/compression.type", a => a.Body.Contains("gzip", StringComparison.Ordinal));

        Assert.Equal((204, ""), (set.Status, set.Body));
        Assert.Equal(
            $$"""
            {"kind":"KafkaTopicConfig","metadata":{"self":"{{ClusterUrl}}/topics/{{topic}}/configs/compression.type","resource_name":"{{Crn}}/topic={{topic}}/config=compression.type"},"cluster_id":"{{Gateway.Info.ClusterId}}","topic_name":"{{topic}}","name":"compression.type","value":"gzip","is_default":false,"is_read_only":false,"is_sensitive":false,"source":"DYNAMIC_TOPIC_CONFIG","synonyms":[{"name":"compression.type","value":"gzip","source":"DYNAMIC_TOPIC_CONFIG"},{"name":"compression.type","value":"producer","source":"DEFAULT_CONFIG"}]}
            """,
            answer.Body);
    }

    [Fact]
    public async Task The_list_is_by_name_and_says_dynamic_only_of_what_was_set()
    {
        var topic = Unique("t");
        var created = await Gateway.PostAsync(
            $"{Cluster}/topics", $$"""{"topic_name":"{{topic}}","partitions_count":1,"configs":[{"name":"retention.ms","value":"3600000"}]}""");
        var answer = await Gateway.GetAsync($"{Cluster}/topics/{topic}/configs");

        Assert.Equal(201, created.Status);
        AssertList(answer, "KafkaTopicConfigList", $"{ClusterUrl}/topics/{topic}/configs");
        var names = Data(answer).Select(c => Text(c, "name")).ToList();
        Assert.Equal(names.Order(StringComparer.Ordinal), names);
        Assert.Contains("cleanup.policy", names);
        var dynamic = Data(answer).Where(c => Text(c, "source") == "DYNAMIC_TOPIC_CONFIG").Select(c => (Text(c, "name"), Text(c, "value")));
        Assert.Equal([("retention.ms", "3600000")], dynamic);
        Assert.All(Data(answer), c => Assert.Equal(Text(c, "source") == "DEFAULT_CONFIG", c.GetProperty("is_default").GetBoolean()));
    }

    [Fact]
    public async Task Delete_takes_a_config_back_to_its_default()
    {
        var topic = await NewTopicAsync();
        var path = $"{Cluster}/topics/{topic}/configs/retention.ms";
        Assert.Equal(204, (await Gateway.SendAsync(HttpMethod.Put, path, """{"value":"1000"}""")).Status);
        await EventuallyAsync(path, a => Text(a.Json, "value") == "1000");
        var deleted = await Gateway.SendAsync(HttpMethod.Delete, path);
        var answer = await EventuallyAsync(path, a => a.Json.GetProperty("source").GetString() != "DYNAMIC_TOPIC_CONFIG");

        Assert.Equal((204, ""), (deleted.Status, deleted.Body));
        Assert.Equal(("604800000", true), (Text(answer.Json, "value"), answer.Json.GetProperty("is_default").GetBoolean()));
    }

    [Fact]
    public async Task Alter_sets_and_deletes_in_one_call()
    {
        var topic = await NewTopicAsync();
        var path = $"{Cluster}/topics/{topic}/configs";
        Assert.Equal(204, (await Gateway.SendAsync(HttpMethod.Put, $"{path}/cleanup.policy", """{"value":"compact"}""")).Status);
        var altered = await Gateway.PostAsync(
            $"{path}:alter",
            """{"data":[{"name":"cleanup.policy","operation":"DELETE"},{"name":"retention.ms","value":"1000"},{"name":"segment.ms","value":"5000","operation":"SET"},{"name":"flush.ms","value":"9","operation":null}]}""");
        var answer = await EventuallyAsync(path, a => Dynamic(a).Contains("segment.ms=5000", StringComparison.Ordinal));

        Assert.Equal((204, ""), (altered.Status, altered.Body));
        Assert.Equal("flush.ms=9 retention.ms=1000 segment.ms=5000", Dynamic(answer));
    }

    [Fact]
    public async Task Alter_with_validate_only_changes_nothing_and_still_refuses_what_is_wrong()
    {
        var topic = await NewTopicAsync();
        var path = $"{Cluster}/topics/{topic}/configs";
        var dry = await Gateway.PostAsync($"{path}:alter", """{"data":[{"name":"retention.ms","value":"1000"}],"validate_only":true}""");
        var wrong = await Gateway.PostAsync($"{path}:alter", """{"data":[{"name":"retention.ms","value":"soon"}],"validate_only":true}""");
        var real = await Gateway.PostAsync($"{path}:alter", """{"data":[{"name":"segment.ms","value":"5000"}],"validate_only":false}""");
        var answer = await EventuallyAsync(path, a => Dynamic(a).Length > 0);

        Assert.Equal((204, 204), (dry.Status, real.Status));
        AssertError(wrong, 400, 40002);
        Assert.Equal("segment.ms=5000", Dynamic(answer));
    }

    [Fact]
    public async Task Alter_is_all_or_nothing()
    {
        var topic = await NewTopicAsync();
        var path = $"{Cluster}/topics/{topic}/configs";
        var refused = await Gateway.PostAsync($"{path}:alter", """{"data":[{"name":"segment.ms","value":"5000"},{"name":"retention.ms","value":"soon"}]}""");
        var marker = await Gateway.PostAsync($"{path}:alter", """{"data":[{"name":"flush.ms","value":"9"}]}""");
        var answer = await EventuallyAsync(path, a => Dynamic(a).Length > 0);

        AssertError(refused, 400, 40002);
        Assert.Equal(204, marker.Status);
        Assert.Equal("flush.ms=9", Dynamic(answer));
    }

    [Fact]
    public async Task Alter_of_nothing_succeeds()
    {
        var topic = await NewTopicAsync();

        Assert.Equal(204, (await Gateway.PostAsync($"{Cluster}/topics/{topic}/configs:alter", """{"data":[]}""")).Status);
    }

    [Fact]
    public async Task An_unknown_topic_answers_404_with_40403_everywhere()
    {
        var path = $"{Cluster}/topics/{Unique("missing")}";
        foreach (var answer in new[]
        {
            await Gateway.GetAsync($"{path}/configs"),
            await Gateway.GetAsync($"{path}/default-configs"),
            await Gateway.GetAsync($"{path}/configs/retention.ms"),
            await Gateway.SendAsync(HttpMethod.Put, $"{path}/configs/retention.ms", """{"value":"1"}"""),
            await Gateway.SendAsync(HttpMethod.Delete, $"{path}/configs/retention.ms"),
            await Gateway.PostAsync($"{path}/configs:alter", """{"data":[{"name":"retention.ms","value":"1"}]}"""),
        })
        {
            AssertError(answer, 404, 40403, "This server does not host this topic-partition.");
        }
    }

    [Fact]
    public async Task An_unknown_config_answers_404_everywhere()
    {
        var topic = await NewTopicAsync();
        var path = $"{Cluster}/topics/{topic}/configs";
        foreach (var answer in new[]
        {
            await Gateway.GetAsync($"{path}/no.such"),
            await Gateway.SendAsync(HttpMethod.Put, $"{path}/no.such", """{"value":"1"}"""),
            await Gateway.SendAsync(HttpMethod.Delete, $"{path}/no.such"),
            await Gateway.PostAsync($"{path}:alter", """{"data":[{"name":"retention.ms","value":"1"},{"name":"no.such","value":"1"}]}"""),
        })
        {
            AssertError(answer, 404, 404, $"Config no.such cannot be found for TOPIC {topic} in cluster {Gateway.Info.ClusterId}.");
        }
    }

    [Theory]
    [InlineData("""{"value":null}""", 400, 40002)]
    [InlineData("""{}""", 400, 40002)]
    [InlineData("""{"value":"soon"}""", 400, 40002)]
    [InlineData("", 422, 42206)]
    [InlineData("null", 422, 42206)]
    [InlineData("""{"value":1}""", 400, 400)]
    [InlineData("""{"value":"1","name":"retention.ms"}""", 422, 422)]
    [InlineData("[]", 400, 400)]
    [InlineData("{", 400, 400)]
    public async Task Put_refuses(string body, int status, int code)
    {
        var topic = await NewTopicAsync();

        AssertError(await Gateway.SendAsync(HttpMethod.Put, $"{Cluster}/topics/{topic}/configs/retention.ms", body), status, code);
    }

    [Theory]
    [InlineData("", 422, 42206, "Payload error. Null input provided. Data is required.")]
    [InlineData("null", 422, 42206, "Payload error. Null input provided. Data is required.")]
    [InlineData("{}", 400, 400, null)]
    [InlineData("""{"data":null}""", 400, 400, null)]
    [InlineData("""{"data":{}}""", 400, 400, null)]
    [InlineData("""{"data":["retention.ms"]}""", 400, 400, null)]
    [InlineData("""{"data":[null]}""", 400, 400, null)]
    [InlineData("""{"data":[{"value":"1"}]}""", 400, 400, null)]
    [InlineData("""{"data":[{"name":"retention.ms","value":1}]}""", 400, 400, null)]
    [InlineData("""{"data":[{"name":"retention.ms","value":"1","operation":"set"}]}""", 400, 400, null)]
    [InlineData("""{"data":[{"name":"retention.ms","value":"1","operation":"APPEND"}]}""", 400, 400, null)]
    [InlineData("""{"data":[{"name":"retention.ms","value":"1","source":"x"}]}""", 422, 422, "Unrecognized field: data[0].source")]
    [InlineData("""{"data":[],"dry_run":true}""", 422, 422, "Unrecognized field: dry_run")]
    [InlineData("""{"data":[],"validate_only":"true"}""", 400, 400, null)]
    [InlineData("""{"data":[{"name":"retention.ms","value":"1"},{"name":"retention.ms","value":"2"}]}""", 422, 42206, null)]
    [InlineData("""{"data":[{"name":"retention.ms","value":null}]}""", 400, 40002, null)]
    public async Task Alter_refuses(string body, int status, int code, string? message)
    {
        var topic = await NewTopicAsync();

        AssertError(await Gateway.PostAsync($"{Cluster}/topics/{topic}/configs:alter", body), status, code, message);
    }

    [Fact]
    public async Task The_configs_of_all_topics_are_in_one_list()
    {
        var (one, two) = (await NewTopicAsync(), await NewTopicAsync());
        var answer = await Gateway.GetAsync($"{Cluster}/topics/-/configs");

        AssertList(answer, "KafkaTopicConfigList", $"{ClusterUrl}/topics/-/configs");
        var topics = Data(answer).Select(c => Text(c, "topic_name")).Distinct().ToList();
        Assert.Contains(one, topics);
        Assert.Contains(two, topics);
        Assert.DoesNotContain("__consumer_offsets", topics);
        var names = Data(answer).Where(c => Text(c, "topic_name") == two).Select(c => Text(c, "name")).ToList();
        Assert.Equal(names.Order(StringComparer.Ordinal), names);
    }

    [Fact]
    public async Task Several_topics_are_altered_at_once()
    {
        var (one, two) = (await NewTopicAsync(), await NewTopicAsync());
        var answer = await Gateway.PostAsync(
            $"{Cluster}/topics/-/configs:alter",
            $$"""
            {"data":[{"topic_name":"{{one}}","configs":[{"name":"retention.ms","value":"77"}]},{"topic_name":"{{two}}","configs":[{"name":"flush.ms","value":"1"}]},{"topic_name":"{{two}}","configs":[{"name":"flush.ms","value":"2"}]}]}
            """);

        Assert.Equal((204, ""), (answer.Status, answer.Body));
        await EventuallyAsync($"{Cluster}/topics/{one}/configs", a => Dynamic(a) == "retention.ms=77");
        await EventuallyAsync($"{Cluster}/topics/{two}/configs", a => Dynamic(a) == "flush.ms=2"); // the later entry counts
    }

    [Fact]
    public async Task A_topic_that_fails_in_an_alteration_of_several_is_in_a_207_and_the_others_are_done()
    {
        var (one, two) = (await NewTopicAsync(), await NewTopicAsync());
        var answer = await Gateway.PostAsync(
            $"{Cluster}/topics/-/configs:alter",
            $$"""{"data":[{"topic_name":"{{one}}","configs":[{"name":"retention.ms","value":"soon"}]},{"topic_name":"{{two}}","configs":[{"name":"flush.ms","value":"3"}]}]}""");

        Assert.Equal(207, answer.Status);
        var failure = Assert.Single(answer.Json.GetProperty("failures").EnumerateArray());
        Assert.Equal((one, 40002), (Text(failure, "topic_name"), failure.GetProperty("error_code").GetInt32()));
        Assert.Contains("retention.ms", Text(failure, "message"), StringComparison.Ordinal);
        await EventuallyAsync($"{Cluster}/topics/{two}/configs", a => Dynamic(a) == "flush.ms=3");
    }

    [Fact]
    public async Task An_unknown_topic_or_config_fails_an_alteration_of_several_as_a_whole()
    {
        var topic = await NewTopicAsync();
        var path = $"{Cluster}/topics/-/configs:alter";
        var good = $$"""{"topic_name":"{{topic}}","configs":[{"name":"flush.ms","value":"3"}]}""";
        var noTopic = await Gateway.PostAsync(path, $$"""{"data":[{{good}},{"topic_name":"{{Unique("missing")}}","configs":[]}]}""");
        var noConfig = await Gateway.PostAsync(path, $$"""{"data":[{{good}},{"topic_name":"{{await NewTopicAsync()}}","configs":[{"name":"no.such","value":"3"}]}]}""");
        var dry = await Gateway.PostAsync(path, $$"""{"data":[{{good}}],"validate_only":true}""");

        AssertError(noTopic, 404, 40403);
        AssertError(noConfig, 404, 404);
        Assert.Equal(204, dry.Status);
        Assert.Equal("", Dynamic(await Gateway.GetAsync($"{Cluster}/topics/{topic}/configs")));
    }

    [Theory]
    [InlineData("", 422, 42206)]
    [InlineData("{}", 400, 400)]
    [InlineData("""{"data":[{"configs":[]}]}""", 400, 400)]
    [InlineData("""{"data":[{"topic_name":"t"}]}""", 400, 400)]
    [InlineData("""{"data":[{"topic_name":"t","configs":[{"name":"a","value":"1"},{"name":"a","value":"1"}]}]}""", 422, 42206)]
    [InlineData("""{"data":[{"topic_name":"t","configs":[],"extra":1}]}""", 422, 422)]
    public async Task An_alteration_of_several_topics_refuses(string body, int status, int code) =>
        AssertError(await Gateway.PostAsync($"{Cluster}/topics/-/configs:alter", body), status, code);

    [Fact]
    public async Task Default_configs_are_what_the_topic_would_have_without_its_own()
    {
        var topic = Unique("t");
        await Gateway.PostAsync(
            $"{Cluster}/topics",
            $$"""{"topic_name":"{{topic}}","partitions_count":1,"configs":[{"name":"cleanup.policy","value":"compact"},{"name":"retention.ms","value":"5"}]}""");
        var own = await Gateway.GetAsync($"{Cluster}/topics/{topic}/configs");
        var answer = await Gateway.GetAsync($"{Cluster}/topics/{topic}/default-configs");

        AssertList(answer, "KafkaTopicConfigList", $"{ClusterUrl}/topics/{topic}/default-configs");
        Assert.Equal(Data(own).Select(c => Text(c, "name")), Data(answer).Select(c => Text(c, "name")));
        Assert.DoesNotContain(Data(answer), c => Text(c, "source") == "DYNAMIC_TOPIC_CONFIG");
        Assert.Equal("delete", Text(Data(answer).Single(c => Text(c, "name") == "cleanup.policy"), "value"));
        Assert.Equal("604800000", Text(Data(answer).Single(c => Text(c, "name") == "retention.ms"), "value"));
    }

    private static string Dynamic(Answer answer) => string.Join(' ', Data(answer)
        .Where(c => Text(c, "source") == "DYNAMIC_TOPIC_CONFIG").Select((JsonElement c) => $"{Text(c, "name")}={Text(c, "value")}"));
}

public sealed class TopicConfigsEmbeddedTests(EmbeddedGateway shared) : TopicConfigsTests(shared), IClassFixture<EmbeddedGateway>;

public sealed class TopicConfigsKafkaTests(KafkaGateway shared) : TopicConfigsTests(shared), IClassFixture<KafkaGateway>;
