using System.Text;
using Sluice.Testing;

namespace Sluice.Tests.Contract;

/// <summary>What no client should send, to every operation of the data plane: always an answer that says what is wrong, never a 500.</summary>
public abstract class HostileInputTests(ContractGateway shared)
{
    // Not the one that holds answers against the OpenAPI files: the server itself refuses some of this, before there is an operation.
    private static readonly HttpClient Http = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    // As they stand in a path: percent-encoded, well or badly.
    private static readonly string[] Names =
    [
        "%20", "%00", "%0d%0a", "%FF", "%C0%AF", "%ED%A0%80", "%F0%9F%92%A9", "%u0041", "%", "%2", "%25", "%2F", "..%2F..%2Fetc", "%2e%2e", ".", "-", "--", "*", "'",
        "%22%3E%3Cscript%3E", "%7B%7D", "$%7Bjndi:ldap:%2F%2Fx%7D", "a;b=c", "a:alter", ":alter", "-1", "0", "00", "1.5", "1e3", "0x10", "2147483648", "-2147483649",
        "99999999999999999999", "NaN", "null", "true", new('x', 250), new('9', 3_000), string.Concat(Enumerable.Repeat("%F0%9F%92%A9", 400)),
    ];

    private static readonly string[] Queries =
    [
        "?", "?&&&", "?=", "?=x", "?a", "?a=1&a=2", "?%00=%00", "?%FF=%FF", "?%=%", "?page_size=-1&page_token=%ED%A0%80", "?validate_only=perhaps",
        "?include_authorized_operations=1&includeAuthorizedOperations=%FF", "?offset_type=%00", "?resource_type=%F0%9F%92%A9", "?resource_type=TOPIC&resource_type=GROUP",
        "?operation=" + new string('x', 5_000), "?resource_type=TOPIC&pattern_type=ANY&operation=ANY&permission=ANY&resource_name=%00&principal=%0d%0a&host=%FF",
    ];

    private static readonly (string What, byte[] Body)[] Bodies =
    [
        .. new[]
        {
            "", " ", "null", "7", "-0", "1e400", "\"\"", "[]", "{", "}", "{}}", "{]", "{\"\":\"\"}", "{\"a\":1,\"a\":1}", "{\"data\":null}", "{\"data\":{}}", "{\"data\":[null]}",
            "{\"data\":[[]]}", "{\"data\":[{}]}", "{\"value\":7}", "{\"value\":{\"type\":7}}", "{\"entries\":{}}", "{\"entries\":[7]}", "{\"entries\":[{\"id\":7}]}",
            "{\"topic_name\":null}", "{\"topic_name\":[]}", "{\"topic_name\":\"\\u0000\"}", "{\"topic_name\":\"\\ud800\"}", "{\"topic_name\":\"t\",\"partitions_count\":-1}",
            "{\"topic_name\":\"t\",\"partitions_count\":1e9}", "{\"topic_name\":\"t\",\"partitions_count\":2147483647}", "{\"topic_name\":\"t\",\"partitions_count\":1.5}",
            "{\"topic_name\":\"t\",\"replication_factor\":32768}", "{\"topic_name\":\"t\",\"replication_factor\":32767}", "{\"topic_name\":\"t\",\"replicas_assignments\":{\"-1\":[1]}}",
            "{\"topic_name\":\"t\",\"replicas_assignments\":{\"7\":[]}}", "{\"topic_name\":\"t\",\"configs\":[{\"name\":\"\"}]}", "{\"partitions_count\":0}", "{\"partitions_count\":2147483647}",
            "{\"data\":[{\"name\":\"\",\"value\":\"\"}]}", "{\"data\":[{\"name\":\"\\u0000\",\"value\":\"\\u0000\"}]}", "{\"data\":[{\"topic_name\":\"\",\"configs\":[]}]}",
            "{\"partition_id\":-1}", "{\"partition_id\":2147483648}", "{\"timestamp\":\"9999-12-31T23:59:59Z\"}", "{\"timestamp\":\"0001-01-01T00:00:00Z\"}", "{\"timestamp\":1e300}",
            "{\"timestamp\":-62135596801}", "{\"headers\":[{\"name\":\"\",\"value\":\"=\"}]}", "{\"headers\":[null]}", "{\"key\":{\"type\":\"JSON\",\"data\":1e999}}",
            "{\"value\":{\"type\":\"STRING\",\"data\":\"\\udfff\"}}", "{\"value\":{\"type\":\"BINARY\",\"data\":\"A\"}}", "{\"value\":{\"type\":\"AVRO\",\"schema\":\"{\",\"data\":1}}",
        }.Select(text => (text, Encoding.UTF8.GetBytes(text))),
        ("deep arrays", Encoding.UTF8.GetBytes("{\"data\":" + new string('[', 100_000))),
        ("deep objects", Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"value\":", 50_000)))),
        ("deep data", Encoding.UTF8.GetBytes("{\"value\":{\"type\":\"JSON\",\"data\":" + new string('[', 5_000) + new string(']', 5_000) + "}}")),
        ("a long name", Encoding.UTF8.GetBytes($"{{\"topic_name\":\"{new string('x', 100_000)}\"}}")),
        ("a long number", Encoding.UTF8.GetBytes($"{{\"partitions_count\":{new string('9', 100_000)}}}")),
        ("broken UTF-8", [.. "{\"topic_name\":\""u8, 0xC0, 0xAF, 0xFF, .. "\"}"u8]),
        ("UTF-16", Encoding.Unicode.GetBytes("{\"topic_name\":\"t\"}")),
        ("a byte order mark", [0xEF, 0xBB, 0xBF, .. "{}"u8]),
        ("zeros", new byte[4_096]),
        ("not JSON", [0x1F, 0x8B, 0x08, 0x00, 0xFF, 0xFE]),
    ];

    private static readonly string[] ContentTypes =
    [
        "text/plain", "application/json; charset=utf-16", "application/json; charset=", "application/json;;", "application", "/", "application/x-www-form-urlencoded",
        "multipart/form-data", "application/vnd.kafka.json.v2+json", "application/json, application/json",
    ];

    public static TheoryData<string> Operations =>
        [.. ContractTable.All.Where(operation => operation.Success is not null).Select(operation => $"{operation.Method} {operation.Template}")];

    public static TheoryData<string> Writers =>
        [.. ContractTable.All.Where(operation => operation.Success?.Body is not null).Select(operation => $"{operation.Method} {operation.Template}")];

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task Odd_names_in_paths_and_queries(string operation)
    {
        var (row, world) = Find(operation);
        var body = row.Success!.Body is { } text ? Encoding.UTF8.GetBytes(await world.FillAsync(text)) : null;
        var path = await PathAsync(row, world);
        foreach (var parameter in row.Template.Split('/').Where(segment => segment.StartsWith('{')).Select(segment => segment[..(segment.IndexOf('}', StringComparison.Ordinal) + 1)]))
        {
            foreach (var name in Names)
            {
                // The other names are good: this one is what is looked at.
                var segments = path.Split('/');
                var at = Array.FindIndex(row.Template.Split('/'), segment => segment.StartsWith(parameter, StringComparison.Ordinal));
                segments[at] = name + row.Template.Split('/')[at][parameter.Length..];
                await SendAsync(world, row.Method, string.Join('/', segments), body, "application/json");
            }
        }

        foreach (var query in Queries.Where(_ => row.Method != "DELETE"))
        {
            await SendAsync(world, row.Method, path + query, body, "application/json");
        }
    }

    [Theory]
    [MemberData(nameof(Writers))]
    public async Task Bodies_that_are_none(string operation)
    {
        var (row, world) = Find(operation);
        var path = await PathAsync(row, world);
        foreach (var (_, body) in Bodies)
        {
            await SendAsync(world, row.Method, path, body, "application/json");
        }

        foreach (var contentType in ContentTypes)
        {
            await SendAsync(world, row.Method, path, "{}"u8.ToArray(), contentType);
        }

        await SendAsync(world, row.Method, path, null, null);
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task Methods_and_headers_that_do_not_belong(string operation)
    {
        var (row, world) = Find(operation);
        var path = await PathAsync(row, world);
        var offered = ContractTable.All.Where(other => other.Template == row.Template).Select(other => other.Method).ToHashSet();
        foreach (var method in new[] { "GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND" }.Where(method => !offered.Contains(method)))
        {
            var answer = await SendAsync(world, method, path, null, null);
            Assert.True(answer.Status is 404 or 405, $"{method} {path} answered {answer.Status}");
        }

        foreach (var accept in new[] { "text/html", "*", "application/*;q=0", ";;;", "application/json;q=2", new string('a', 8_000) })
        {
            using var request = await world.Gateway.RequestAsync(HttpMethod.Get, world.Gateway.Info.Url + path);
            request.Headers.TryAddWithoutValidation("Accept", accept);
            Check(await SendAsync(request), $"GET {path} accepting {accept}");
        }
    }

    private (ContractOperation Row, ContractWorld World) Find(string operation) =>
        (ContractTable.All.Single(row => $"{row.Method} {row.Template}" == operation), shared.World);

    private static async Task<string> PathAsync(ContractOperation row, ContractWorld world)
    {
        // A cluster may lack what a path names, such as a reassignment: then the name is unknown, which does as well here.
        var lacking = row.Success!.With.Where(value => value.Value.StartsWith('$') && !world.Has(value.Value[1..])).Select(value => (value.Name, "unknown"));
        return "/kafka/v3" + await world.PathAsync(row.Template, row.Success with { Query = "", With = [.. row.Success.With, .. lacking] });
    }

    private static async Task<Answer> SendAsync(ContractWorld world, string method, string path, byte[]? body, string? contentType)
    {
        using var request = await world.Gateway.RequestAsync(new HttpMethod(method), "/");
        request.RequestUri = new Uri(world.Gateway.Info.Url + path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        }

        var answer = await SendAsync(request);
        Check(answer, $"{method} {path[..Math.Min(300, path.Length)]} with {(body is null ? "no body" : Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(100, body.Length))))}");
        return answer;
    }

    private static async Task<Answer> SendAsync(HttpRequestMessage request)
    {
        using var response = await Http.SendAsync(request, TestContext.Current.CancellationToken);
        return await Answer.FromAsync(response);
    }

    /// <summary>An error says so in JSON; a record's report does not speak of the gateway's inside either.</summary>
    private static void Check(Answer answer, string request)
    {
        Assert.True(answer.Status < 500, $"{request} answered {answer.Status} {answer.Body}");
        Assert.DoesNotContain("\"error_code\":500,", answer.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", answer.Body, StringComparison.Ordinal);
        if (answer.Status >= 400 && answer.Body.Length > 0)
        {
            Assert.True(answer.ContentHeaders.ContentType?.MediaType == "application/json", $"{request} answered {answer.Status} {answer.ContentHeaders.ContentType}");
            Assert.True(answer.Json.GetProperty("message").GetString()!.Length > 0 && answer.ErrorCode.ToString(System.Globalization.CultureInfo.InvariantCulture).StartsWith($"{answer.Status}", StringComparison.Ordinal), $"{request}: {answer.Body}");
        }
    }
}

[Collection<ContractCollection>]
public sealed class EmbeddedHostileInputTests(EmbeddedContractGateway shared) : HostileInputTests(shared);

[Collection<KafkaContractCollection>]
public sealed class KafkaHostileInputTests(KafkaContractGateway shared) : HostileInputTests(shared);
