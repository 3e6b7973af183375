using System.Text;

namespace Sluice.Tests.Rest.V3;

/// <summary>Every endpoint that takes a body, with what no body should be: a 4xx that says why, never a 500.</summary>
public sealed class BadInputTests(EmbeddedGateway shared) : RestTests(shared), IClassFixture<EmbeddedGateway>
{
    public static TheoryData<string, string> Writers => new()
    {
        { "PUT", "/broker-configs/a" },
        { "POST", "/broker-configs:alter" },
        { "PUT", "/brokers/1/configs/log.retention.ms" },
        { "POST", "/brokers/1/configs:alter" },
        { "POST", "/topics" },
        { "PATCH", "/topics/TOPIC" },
        { "PUT", "/topics/TOPIC/configs/retention.ms" },
        { "POST", "/topics/TOPIC/configs:alter" },
        { "POST", "/topics/-/configs:alter" },
        { "POST", "/topics/TOPIC/records:batch" },
        { "POST", "/acls" },
        { "POST", "/acls:batch" },
    };

    [Theory]
    [MemberData(nameof(Writers))]
    public async Task A_body_that_is_none_is_refused_with_what_is_wrong(string method, string path)
    {
        path = path.Replace("TOPIC", await NewTopicAsync(), StringComparison.Ordinal);
        foreach (var (body, status, code) in new[]
        {
            ("", 422, 42206), ("null", 422, 42206), ("   \n", 422, 42206), ("{", 400, 400), ("[]", 400, 400), ("7", 400, 400), ("\"x\"", 400, 400), ("{}}", 400, 400),
            ("{\"no_such_member\":1}", 422, 422), ("{\"a\":1,\"a\":2}", 400, 400), ("{'a':1}", 400, 400), ("{\"\\ud800\":1}", 400, 400),
            (string.Concat(Enumerable.Repeat("{\"data\":", 5_000)), 400, 400), ("{\"data\":" + new string('[', 5_000) + new string(']', 5_000) + "}", 400, 400),
        })
        {
            var answer = await Gateway.SendAsync(new HttpMethod(method), Cluster + path, body);
            Assert.True(
                (status, code) == (answer.Status, answer.ErrorCode) || (code == 422 && answer.Status is 400 or 422),
                $"{method} {path} with {body[..Math.Min(40, body.Length)]}: expected {status}/{code}, got {answer.Status}/{answer.ErrorCode} {answer.Message}");
            Assert.NotEmpty(answer.Message);
        }
    }

    [Theory]
    [MemberData(nameof(Writers))]
    public async Task Another_media_type_is_415_broken_UTF8_400_and_no_JSON_back_406(string method, string path)
    {
        path = Cluster + path.Replace("TOPIC", await NewTopicAsync(), StringComparison.Ordinal);
        foreach (var type in new[] { "text/plain", "application/xml", "application/octet-stream", "application/vnd.kafka.json.v2+json" })
        {
            using var other = await Gateway.RequestAsync(new HttpMethod(method), path, new StringContent("{}", Encoding.UTF8, type));
            AssertError(await Gateway.SendAsync(other), 415, 415);
        }

        using var broken = await Gateway.RequestAsync(new HttpMethod(method), path, new ByteArrayContent([.. "{\"a\":\""u8, 0xff, 0xfe, .. "\"}"u8]));
        broken.Content!.Headers.ContentType = new("application/json");
        AssertError(await Gateway.SendAsync(broken), 400, 400);

        using var unacceptable = await Gateway.RequestAsync(new HttpMethod(method), path, new StringContent("{}", Encoding.UTF8, "application/json"));
        unacceptable.Headers.Add("Accept", "text/html");
        AssertError(await Gateway.SendAsync(unacceptable), 406, 406);
    }

    [Theory]
    [InlineData("utf-8", 3, 0)]
    [InlineData("\"UTF-8\"", 3, 0)]
    [InlineData("ISO-8859-1", 5, 0)]
    [InlineData("utf-16", 0, 400)]
    [InlineData("windows-1252", 0, 400)]
    public async Task Records_come_in_UTF8_or_Latin_1_and_are_kept_in_UTF8(string charset, int size, int code)
    {
        var topic = await NewTopicAsync();
        using var request = await Gateway.RequestAsync(
            HttpMethod.Post, $"{Cluster}/topics/{topic}/records", new ByteArrayContent([.. "{\"value\":{\"type\":\"STRING\",\"data\":\"x"u8, 0xc3, 0xbc, .. "\"}}"u8]));
        request.Content!.Headers.TryAddWithoutValidation("Content-Type", $"application/json; charset={charset}");
        var answer = await Gateway.SendAsync(request);

        if (code > 0)
        {
            AssertError(answer, code, code);
            return;
        }

        Assert.Equal(200, answer.Lines[0].GetProperty("error_code").GetInt32());
        Assert.Equal(size, answer.Lines[0].GetProperty("value").GetProperty("size").GetInt32());
    }

    [Theory]
    [InlineData("/topics/%20/configs")]
    [InlineData("/topics/a%2Fb/configs/c%2Fd")]
    [InlineData("/topics/%F0%9F%92%A9/partitions")]
    [InlineData("/topics/x/partitions/0/replicas/%2D1")]
    [InlineData("/consumer-groups/%25/lags/%25/partitions/0")]
    [InlineData("/share-groups/%F0%9F%92%A9")]
    [InlineData("/broker-configs/%20")]
    public async Task Odd_names_in_paths_are_not_found(string path)
    {
        var answer = await Gateway.GetAsync(Cluster + path);

        Assert.InRange(answer.Status, 400, 404);
        Assert.NotEmpty(answer.Message);
    }

    [Fact]
    public async Task Names_of_any_length_are_answered()
    {
        foreach (var path in new[] { "/topics/", "/consumer-groups/", "/broker-configs/", "/acls?resource_name=", "/acls?operation=" })
        {
            var answer = await Gateway.GetAsync(Cluster + path + new string('x', 6_000));
            Assert.True(answer.Status is 200 or 400 or 404, $"{path}: {answer.Status}");
        }
    }
}
