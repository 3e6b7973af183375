using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json;
using Sluice.State;

namespace Sluice.Tests.ControlPlane;

/// <summary>What clients send that they should not, and much of it at once.</summary>
public sealed class HostileAdministrationTests
{
    private static readonly string[] Collections =
    [
        "/iam/v2/identity-providers", "/iam/v2/identity-providers/op-1/identity-pools", "/iam/v2/service-accounts", "/iam/v2/api-keys", "/iam/v2/role-bindings",
        "/org/v2/environments",
    ];

    private static readonly string[] Members =
    [
        "display_name", "description", "issuer", "jwks_uri", "identity_claim", "filter", "principal", "role_name", "crn_pattern", "spec",
        "stream_governance_config", "full_name", "id", "metadata", "__proto__",
    ];

    private static readonly string[] Values =
    [
        "null", "true", "0", "-1.5e300", "\"\"", "[]", "{}", "[[[]]]", "{\"id\":{\"id\":1}}", "{\"owner\":5,\"resource\":[]}", "{\"owner\":{\"id\":\"\"}}",
        "\"\\ud800\"", "\"\\u0000\\u0001\"", "\"crn://\"", "\"User:\"", "\"\\\" OR 1=1 --\"", "\"../../etc/passwd\"", "\"javascript:alert(1)\"",
    ];

    [Fact]
    public async Task No_body_makes_it_fail_and_only_what_is_answered_201_changes_anything()
    {
        await using var gateway = await ControlHost.StartAsync();
        await gateway.Store.UpdateAsync(ChangeAuthor.System, _ => Update.Of(_ => 0, Change.Put(Provider)), TestContext.Current.CancellationToken);
        var version = gateway.State.Version;
        using var client = gateway.Unchecked();
        var counts = new Dictionary<int, int>();
        var random = new Random(7);
        for (var i = 0; i < 1_500; i++)
        {
            var members = Enumerable.Range(0, random.Next(0, 4)).Select(_ => $"\"{Members[random.Next(Members.Length)]}\":{Values[random.Next(Values.Length)]}");
            var path = Collections[random.Next(Collections.Length)];
            var body = $"{{{string.Join(',', members)}}}";
            using var answer = await SendAsync(client, "POST", path, body);
            counts[(int)answer.StatusCode] = counts.GetValueOrDefault((int)answer.StatusCode) + 1;
            Assert.True((int)answer.StatusCode is 201 or 400 or 409 or 422, $"POST {path} {body}: {answer.StatusCode}");
            Assert.Equal("application/json", answer.Content.Headers.ContentType!.MediaType);
        }

        Assert.Equal(version + counts.GetValueOrDefault(201), gateway.State.Version);
        Assert.True(counts[422] > counts.GetValueOrDefault(201), "Most of these are refused.");
        TestContext.Current.SendDiagnosticMessage(string.Join(", ", counts.Select(c => $"{c.Value} times {c.Key}")));
    }

    [Theory]
    [InlineData("", 400)]
    [InlineData("null", 400)]
    [InlineData("5", 400)]
    [InlineData("{\"a\":1,\"a\":2}", 400)]
    [InlineData("{\"display_name\":\"x\"}}", 400)]
    [InlineData("\u00ef\u00bb\u00bf{}", 422)]
    public async Task Odd_bodies_have_their_status(string body, int status)
    {
        await using var gateway = await ControlHost.StartAsync();

        using var answer = await SendAsync(gateway.Http, "POST", "/org/v2/environments", Encoding.Latin1.GetBytes(body));

        Assert.True(status == (int)answer.StatusCode || (body.StartsWith('\u00ef') && (int)answer.StatusCode == 400), $"{answer.StatusCode}");
    }

    [Fact]
    public async Task Deep_large_and_wrongly_typed_bodies_are_4xx()
    {
        await using var gateway = await ControlHost.StartAsync();
        foreach (var (body, type, status) in ((string, string, int)[])
            [
                (new string('[', 10_000) + new string(']', 10_000), "application/json", 400),
                ($"{{\"display_name\":{new string('[', 200)}{new string(']', 200)}}}", "application/json", 400),
                ($"{{\"display_name\":\"{new string('x', 2_000_000)}\"}}", "application/json", 413),
                ("{\"display_name\":\"x\"}", "text/plain", 415),
                ("<a/>", "application/xml", 415),
            ])
        {
            using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            content.Headers.TryAddWithoutValidation("Content-Type", type);
            using var answer = await gateway.Http.PostAsync("/org/v2/environments", content, TestContext.Current.CancellationToken);
            Assert.Equal(status, (int)answer.StatusCode);
        }

        Assert.Single(gateway.State.Environments);
    }

    [Theory]
    [InlineData("GET", "/iam/v2/identity-providers/%01")]
    [InlineData("GET", "/iam/v2/identity-providers/..%2f..%2fetc")]
    [InlineData("GET", "/iam/v2/service-accounts/%F0%9F%90%B1")]
    [InlineData("PATCH", "/iam/v2/identity-providers/op-unknown")]
    [InlineData("DELETE", "/iam/v2/identity-providers/op-1/identity-pools/pool-of-another")]
    [InlineData("POST", "/iam/v2/identity-providers/op-unknown/identity-pools")]
    [InlineData("GET", "/iam/v2/nothing")]
    [InlineData("PUT", "/iam/v2/service-accounts")]
    [InlineData("GET", "/iam/v2/service-accounts?page_token=%00%01")]
    [InlineData("GET", "/iam/v2/service-accounts?page_token=")]
    [InlineData("GET", "/iam/v2/service-accounts?page_size=99999999999999999999")]
    [InlineData("GET", "/iam/v2/service-accounts?page_size=1&page_size=2")]
    [InlineData("GET", "/iam/v2/role-bindings")]
    [InlineData("GET", "/cmk/v2/clusters")]
    public async Task Unknown_ids_and_odd_queries_are_4xx_in_the_envelope(string method, string path)
    {
        await using var gateway = await ControlHost.StartAsync();
        using var client = gateway.Unchecked();

        using var answer = await SendAsync(client, method, path, method is "PATCH" or "POST" or "PUT" ? "{}" : null);

        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True((int)answer.StatusCode is >= 400 and < 500 || path.EndsWith("page_token=", StringComparison.Ordinal), $"{answer.StatusCode} {text}");
        Assert.True(answer.IsSuccessStatusCode || JsonDocument.Parse(text).RootElement.GetProperty("errors")[0].GetProperty("status").GetString() == $"{(int)answer.StatusCode}");
    }

    [Fact]
    public async Task A_page_token_of_another_collection_filter_or_day_is_400_or_still_good()
    {
        await using var gateway = await ControlHost.StartAsync();
        await gateway.Store.UpdateAsync(
            ChangeAuthor.System,
            _ => Update.Of(_ => 0, [.. Enumerable.Range(0, 30).Select(i => Change.Put(new ServiceAccount($"sa-{i:00}", $"a{i}", "")))]),
            TestContext.Current.CancellationToken);
        var next = (await gateway.SendAsync("GET", "/iam/v2/service-accounts?page_size=5")).Body.GetProperty("metadata").GetProperty("next").GetString()!;
        var token = next[(next.IndexOf("page_token=", StringComparison.Ordinal) + 11)..];

        Assert.Equal(HttpStatusCode.BadRequest, (await gateway.SendAsync("GET", $"/org/v2/environments?page_token={token}")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await gateway.SendAsync("GET", $"/iam/v2/service-accounts?display_name=a1&page_token={token}")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await gateway.SendAsync("GET", $"/iam/v2/service-accounts?page_token={token}x")).Status);

        // The account it stands on goes away meanwhile: the page after it is still the page after it.
        await gateway.SendAsync("DELETE", "/iam/v2/service-accounts/sa-04");
        var (_, page) = await gateway.SendAsync("GET", $"/iam/v2/service-accounts?page_size=5&page_token={token}");
        Assert.Equal("sa-05", page.GetProperty("data")[0].GetProperty("id").GetString());
    }

    [Fact]
    public async Task Ten_thousand_creations_at_once_are_all_answered_and_counted()
    {
        await using var gateway = await ControlHost.StartAsync("Sluice:ControlPlane:Quotas:ServiceAccounts=9000");
        using var handler = new SocketsHttpHandler { MaxConnectionsPerServer = 200 };
        using var client = new HttpClient(handler) { BaseAddress = gateway.Http.BaseAddress, Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.Authorization = gateway.Http.DefaultRequestHeaders.Authorization;

        var clock = Stopwatch.StartNew();
        var answers = await Task.WhenAll(Enumerable.Range(0, 10_000).Select(async i =>
        {
            using var answer = await SendAsync(client, "POST", "/iam/v2/service-accounts", $$"""{"display_name":"a{{i}}"}""");
            return (int)answer.StatusCode;
        }));

        TestContext.Current.SendDiagnosticMessage($"10,000 creations at once: {clock.ElapsedMilliseconds} ms");
        Assert.Equal(9_000, answers.Count(s => s == 201));
        Assert.Equal(1_000, answers.Count(s => s == 402));
        Assert.Equal(9_000, gateway.State.ServiceAccounts.Count);
        Assert.Equal(9_000, gateway.State.Version);
    }

    private static IdentityProvider Provider { get; } = new("op-1", "p", "", "https://one.example", "https://one.example/keys");

    private static Task<HttpResponseMessage> SendAsync(HttpClient client, string method, string path, string? body) =>
        SendAsync(client, method, path, body is null ? null : Encoding.UTF8.GetBytes(body));

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, string method, string path, byte[]? body)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentType = new("application/json");
        }

        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
