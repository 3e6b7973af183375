using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Sluice.State;

namespace Sluice.Tests.ControlPlane;

/// <summary>Every route of the control plane, each with everything that a client should not send: 4xx in the documented envelope, never 500.</summary>
public sealed partial class HostileRequestTests
{
    private static readonly string[] Ids =
    [
        "unknown", "%01", "%7F", "%20", "%2e%2e%2f", "..%2f..%2fetc", "%F0%9F%90%B1", "%FF%FE", "%C0%80", "%25%30%30", "a%0d%0aX-Evil:1", "'%20OR%201=1--", "*", ";x=y", new('a', 3_000),
    ];

    private static readonly string[] Queries =
    [
        "", "page_size=0", "page_size=101", "page_size=-1", "page_size=1e1", "page_size=%31%00", "page_size=1&page_size=2", "page_token=x", "page_token=%00", "page_token=" + new string('A', 300),
        "page_token=AAAA&page_token=BBBB", "nonsense=1", "crn_pattern=", "crn_pattern=%FF", "crn_pattern=crn://&principal=User:", "environment=%F0%9F%90%B1", "display_name=%00",
        "spec.owner=x&spec.owner=y", "after=99999999999999999999", "resource_kind=5", "assigned_resource_owner=%0a", "&&==&?", "%",
    ];

    private static readonly (string Type, byte[] Body)[] Bodies =
    [
        Json(""), Json("null"), Json("[]"), Json("\"text\""), Json("1e999"), Json("{}"), Json("{}{}"), Json("{\"a\":1,}"), Json("{'a':1}"), Json("// x\n{}"),
        Json("{\"display_name\":\"a\",\"display_name\":\"b\"}"), Json("{\"spec\":{\"owner\":{\"id\":\"a\",\"id\":\"b\"}}}"), Json("{\"unknown\":{\"deep\":[1,2,{}]}}"),
        Json("{\"display_name\":[\"a\"],\"description\":{},\"issuer\":1,\"jwks_uri\":true,\"identity_claim\":[],\"filter\":{},\"principal\":1,\"role_name\":2,\"crn_pattern\":[],\"spec\":\"x\",\"full_name\":{},\"stream_governance_config\":[],\"expected_audiences\":{}}"),
        Json($"{{\"display_name\":\"{new string('x', 70_000)}\",\"description\":\"{new string('y', 70_000)}\",\"filter\":\"{new string('(', 70_000)}\"}}"),
        Json("{\"display_name\":\"\\ud800\",\"description\":\"\\u0000\",\"issuer\":\"https://\\ud800.example\",\"jwks_uri\":\"https://[::1\"}"),
        Json("{\"display_name\":\"a\",\"description\":\"\",\"issuer\":\"https://x.example:99999/\",\"jwks_uri\":\"https://999.999.999.999/keys\",\"identity_claim\":\"claims[\\\"\"}"),
        Json("{\"display_name\":\"a\",\"description\":\"\",\"identity_claim\":\"claims.sub\",\"filter\":\"((((((((((((((((((((((((((((((((((((((((((true\"}"),
        Json("{\"display_name\":\"a\",\"description\":\"\",\"identity_claim\":\"claims.sub\",\"filter\":\"claims.x.matches('(a+)+$') && size(claims.y.map(z, z)) > 9223372036854775807\"}"),
        Json("{\"spec\":{\"owner\":null,\"resource\":null,\"display_name\":null,\"jwks_status\":null}}"), Json("{\"spec\":{\"owner\":{\"id\":{}},\"resource\":{\"id\":[]},\"jwks_status\":7}}"),
        Json("{\"principal\":\"User:\",\"role_name\":\"OrganizationAdmin\",\"crn_pattern\":\"crn://confluent.cloud/organization=*/../..\"}"),
        Json("{\"email\":{},\"password\":[]}"), Json("{\"idToken\":5}"),
        Json(new string('[', 20_000)), Json($"{{\"a\":{new string('{', 500)}"), Json($"{{\"display_name\":{string.Concat(Enumerable.Repeat("{\"a\":", 200))}1{new string('}', 201)}"),
        ("application/json", [0x7B, 0x22, 0x61, 0x22, 0x3A, 0x22, 0xFF, 0xFE, 0x22, 0x7D]), ("application/json", [0x7B, 0x22, 0xC0, 0x80, 0x22, 0x3A, 0x31, 0x7D]),
        ("application/json", [0xFF, 0xFE, 0x7B, 0x00, 0x7D, 0x00]), ("application/json; charset=utf-16", Encoding.Unicode.GetBytes("{}")), ("application/json", [0]),
        ("text/plain", "{}"u8.ToArray()), ("application/x-www-form-urlencoded", "a=b&a=c&%=%&grant_type=%00"u8.ToArray()), ("multipart/form-data; boundary=x", "--x--"u8.ToArray()), ("nonsense", "{}"u8.ToArray()),
    ];

    [Fact]
    public async Task No_route_answers_500_or_outside_the_envelope_whatever_is_sent()
    {
        await using var gateway = await ControlHost.StartAsync("Sluice:ControlPlane:KeysOnSave=Never");
        await gateway.Store.UpdateAsync(
            ChangeAuthor.System,
            _ => Update.Of(
                _ => 0,
                Change.Put(new IdentityProvider("op-1", "p", "", "https://one.example", "https://one.example/keys")),
                Change.Put(new IdentityPool("pool-1", "op-1", "p", "", "claims.sub", "true")),
                Change.Put(new ServiceAccount("sa-1", "a", "")),
                Change.Put(new User("u-1", "", "One"))),
            TestContext.Current.CancellationToken);
        using var client = gateway.Unchecked();
        var random = new Random(5);
        var counts = new SortedDictionary<int, int>();
        foreach (var (method, template) in ControlRoutes.Of(gateway.Services).Where(route => !Twins().IsMatch(route.Template)))
        {
            foreach (var id in Parameter().IsMatch(template) ? Ids : [])
            {
                await SendAsync(method, Parameter().Replace(template, id), method is "POST" or "PATCH" ? Json("{}") : null);
            }

            foreach (var query in Queries)
            {
                await SendAsync(method, $"{Real(template)}?{query}", method is "POST" or "PATCH" ? Json("{}") : null);
            }

            foreach (var body in method is "POST" or "PATCH" ? Bodies : [Bodies[random.Next(Bodies.Length)]])
            {
                await SendAsync(method, Real(template), body);
            }

            foreach (var match in method is "PATCH" or "DELETE" ? (string[])["\"0\"", "W/\"1\"", "nonsense", "\"", ",,,", new string('x', 4_000)] : [])
            {
                await SendAsync(method, Real(template), method == "PATCH" ? Json("{}") : null, match);
            }
        }

        TestContext.Current.SendDiagnosticMessage(string.Join(", ", counts.Select(c => $"{c.Value} times {c.Key}")));
        Assert.True(counts.Values.Sum() > 1_500 && counts[400] > 300 && counts[404] > 300 && counts[422] > 50, "The requests did not reach what they were made for.");

        async Task SendAsync(string method, string path, (string Type, byte[] Bytes)? body, string? ifMatch = null)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path);
            if (body is var (type, bytes))
            {
                request.Content = new ByteArrayContent(bytes);
                request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
            }

            if (ifMatch is not null)
            {
                request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
            }

            using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
            var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            var status = (int)answer.StatusCode;
            counts[status] = counts.GetValueOrDefault(status) + 1;
            var what = $"{method} {path[..Math.Min(path.Length, 200)]} {(body is null ? "" : Encoding.Latin1.GetString(body.Value.Bytes)[..Math.Min(200, body.Value.Bytes.Length)])}: {status} {text}";
            Assert.True(status < 500 && answer.Headers.Contains("X-Request-Id"), what);
            Assert.False(answer.Headers.Contains("X-Evil"), what);
            if (status >= 400)
            {
                Assert.True("application/json" == answer.Content.Headers.ContentType?.MediaType, what);
                using var json = JsonDocument.Parse(text);
                var error = json.RootElement.TryGetProperty("errors", out var errors) ? errors[0] : json.RootElement.GetProperty("error");
                Assert.True(error.TryGetProperty("status", out var own) ? own.GetString() == $"{status}" : error.GetProperty("code").GetInt32() == status, what);
            }
        }
    }

    [Fact]
    public async Task A_zero_in_a_path_never_reaches_the_gateway_and_is_400()
    {
        await using var gateway = await ControlHost.StartAsync();
        using var socket = new TcpClient();
        await socket.ConnectAsync(gateway.Http.BaseAddress!.Host, gateway.Http.BaseAddress.Port, TestContext.Current.CancellationToken);
        await using var stream = socket.GetStream();

        // The HTTP server refuses it before there is a request that could be answered in the envelope.
        await stream.WriteAsync("GET /iam/v2/users/%00 HTTP/1.1\r\nHost: x\r\n\r\n"u8.ToArray(), TestContext.Current.CancellationToken);

        using var reader = new StreamReader(stream);
        Assert.StartsWith("HTTP/1.1 400", await reader.ReadLineAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Creations_and_deletions_that_meet_leave_nothing_half_done()
    {
        await using var gateway = await ControlHost.StartAsync();
        for (var round = 0; round < 5; round++)
        {
            // One name for twenty accounts.
            var names = await AllAsync(20, _ => gateway.SendAsync("POST", "/iam/v2/service-accounts", new { display_name = $"same-{round}" }));
            Assert.Equal((1, 19), (names.Count(s => s == HttpStatusCode.Created), names.Count(s => s == HttpStatusCode.Conflict)));

            // One issuer for ten providers.
            var provider = new { display_name = "p", description = "", issuer = $"https://{round}.example", jwks_uri = gateway.Issuer.JwksUri };
            var issuers = await AllAsync(10, _ => gateway.SendAsync("POST", "/iam/v2/identity-providers", provider));
            Assert.Equal((1, 9), (issuers.Count(s => s == HttpStatusCode.Created), issuers.Count(s => s == HttpStatusCode.Conflict)));

            // Pools are made while their provider is deleted, over and over: one of them is first.
            var path = $"/iam/v2/identity-providers/{gateway.State.IdentityProviders.Values.Single(p => p.Issuer == provider.issuer).Id}";
            await AllAsync(20, i => i % 2 == 0
                ? gateway.SendAsync("POST", path + "/identity-pools", new { display_name = "p", description = "", identity_claim = "claims.sub", filter = "true" })
                : gateway.SendAsync("DELETE", path));
            Assert.All(gateway.State.IdentityPools.Values, pool => Assert.Contains(pool.ProviderId, gateway.State.IdentityProviders.Keys));

            // One account, twenty who delete it while others give it keys and roles.
            var account = gateway.State.ServiceAccounts.Values.Single(a => a.DisplayName == $"same-{round}").Id;
            var ends = await AllAsync(30, i => (i % 3) switch
            {
                0 => gateway.SendAsync("DELETE", $"/iam/v2/service-accounts/{account}"),
                1 => gateway.SendAsync("POST", "/iam/v2/api-keys", new { spec = new { owner = new { id = account } } }),
                _ => gateway.SendAsync("PATCH", $"/iam/v2/service-accounts/{account}", new { description = $"{i}" }),
            });
            Assert.Single(ends, HttpStatusCode.NoContent);
            Assert.DoesNotContain(account, gateway.State.ServiceAccounts.Keys);
            Assert.DoesNotContain(gateway.State.ApiKeys.Values, key => key.OwnerId == account);
        }

        static async Task<HttpStatusCode[]> AllAsync(int count, Func<int, Task<(HttpStatusCode Status, JsonElement Body)>> send) =>
            [.. (await Task.WhenAll(Enumerable.Range(0, count).Select(send))).Select(answer => answer.Status)];
    }

    // The same handlers under another prefix.
    [GeneratedRegex("^/(api/(iam|org|cmk)|cpdev|confluentgov)")]
    private static partial Regex Twins();

    private static string Real(string template) => Parameter().Replace(
        template.Replace("{provider_id}", "op-1", StringComparison.Ordinal),
        template switch
        {
            _ when template.Contains("identity-pools", StringComparison.Ordinal) => "pool-1",
            _ when template.Contains("identity-providers", StringComparison.Ordinal) => "op-1",
            _ when template.Contains("service-accounts", StringComparison.Ordinal) => "sa-1",
            _ when template.Contains("users", StringComparison.Ordinal) => "u-1",
            _ when template.Contains("api-keys", StringComparison.Ordinal) => "ADMIN",
            _ when template.Contains("role-bindings", StringComparison.Ordinal) => "rb-admin",
            _ when template.Contains("environments", StringComparison.Ordinal) => "env-default",
            _ when template.Contains("clusters", StringComparison.Ordinal) => "lkc-1",
            _ => "1",
        });

    private static (string Type, byte[] Body) Json(string text) => ("application/json", Encoding.UTF8.GetBytes(text));

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameter();
}
