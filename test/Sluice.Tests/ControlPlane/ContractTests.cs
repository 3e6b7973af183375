using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Sluice.State;
using Sluice.Testing.Specs;

namespace Sluice.Tests.ControlPlane;

/// <summary>
/// Every operation of the control plane's OpenAPI files: each one that the gateway offers is called so that it succeeds and so that it fails, and every
/// answer is held against its file.
/// </summary>
public sealed partial class ContractTests
{
    /// <summary>What the files have and the gateway does not: invitations (users are declared), group mappings (nobody signs in here).</summary>
    private static readonly string[] NotOffered =
    [
        "DELETE /iam/v2/invitations/{id}", "DELETE /iam/v2/sso/group-mappings/{id}", "GET /iam/v2/invitations", "GET /iam/v2/invitations/{id}",
        "GET /iam/v2/sso/group-mappings", "GET /iam/v2/sso/group-mappings/{id}", "PATCH /iam/v2/sso/group-mappings/{id}", "POST /iam/v2/invitations",
        "POST /iam/v2/sso/group-mappings",
    ];

    /// <summary>Offered only to say why it is refused: clusters are configured.</summary>
    private static readonly string[] Refused = ["DELETE /cmk/v2/clusters/{id}", "PATCH /cmk/v2/clusters/{id}", "POST /cmk/v2/clusters"];

    [Fact]
    public async Task Every_operation_that_is_offered_answers_success_and_failure_as_its_file_says()
    {
        Assert.SkipUnless(SpecFiles.Available, SpecFiles.Missing);
        await using var gateway = await ControlHost.StartAsync();
        using var recorder = new Recorder(SpecFiles.Checking(new SocketsHttpHandler()));
        using var client = new HttpClient(recorder) { BaseAddress = gateway.Http.BaseAddress };
        var world = await World.MakeAsync(gateway);

        var offered = ControlRoutes.Of(gateway.Services).Select(route => $"{route.Method} {Bare(route.Template)}").ToHashSet(StringComparer.Ordinal);
        var operations = SpecFiles.All!.ControlPlane.SelectMany(document => document.Routes).ToList();
        Assert.Equal(NotOffered.Order(StringComparer.Ordinal), operations.Select(route => $"{route}").Where(route => !offered.Contains(Bare(route))).Order(StringComparer.Ordinal));

        // Deletions last, and what others rest on last of all.
        foreach (var route in operations.Where(route => offered.Contains(Bare($"{route}"))).OrderBy(Turn))
        {
            var path = world.PathOf(route.Template);
            await SendAsync(client, route.Method, path, null, route.Method is "POST" or "PATCH" ? "{}" : null);
            var administrator = gateway.Http.DefaultRequestHeaders.Authorization;
            if (route.Template.EndsWith("{id}", StringComparison.Ordinal))
            {
                await SendAsync(client, route.Method, world.PathOf(route.Template, "unknown"), administrator, route.Method == "PATCH" ? "{}" : null);
            }

            if (route.Method is "POST" or "PATCH")
            {
                foreach (var bad in (string[])["", "[", "{\"spaceship\":1}", "{\"display_name\":5,\"spec\":[]}"])
                {
                    await SendAsync(client, route.Method, path, administrator, bad);
                }
            }
            else if (route.Method == "GET" && !route.Template.EndsWith('}'))
            {
                await SendAsync(client, "GET", route.Template.Contains("{provider_id}", StringComparison.Ordinal) ? $"{path}?page_size=0" : $"{path}?page_size=0&environment=x&crn_pattern=x", administrator, null);
            }

            await SendAsync(client, route.Method, path + world.QueryOf(route), administrator, world.BodyOf(route));
        }

        foreach (var route in operations.Where(route => offered.Contains(Bare($"{route}"))))
        {
            var statuses = recorder.Seen.GetValueOrDefault($"{route}", []);
            Assert.True(statuses.Any(s => s < 300) != Refused.Contains($"{route}"), $"{route} has no validated success: {string.Join(", ", statuses)}");
            Assert.True(statuses.Contains(401) || route.Template.StartsWith("/sts", StringComparison.Ordinal), $"{route} has no validated 401: {string.Join(", ", statuses)}");
            Assert.True(statuses.Any(s => s is >= 400 and not 401), $"{route} has no validated failure besides 401: {string.Join(", ", statuses)}");
        }

        TestContext.Current.SendDiagnosticMessage($"{operations.Count} operations, {operations.Count - NotOffered.Length} offered, {recorder.Seen.Values.Sum(s => s.Count)} answers validated");
    }

    private static int Turn(SpecRoute route) => route.Method != "DELETE" ? 0 : route.Template switch
    {
        "/iam/v2/role-bindings/{id}" or "/iam/v2/api-keys/{id}" => 1,
        "/iam/v2/identity-providers/{id}" => 3,
        _ => 2,
    };

    private static string Bare(string route) => Parameter().Replace(route, "{}");

    private static async Task SendAsync(HttpClient client, string method, string path, AuthenticationHeaderValue? authorization, string? body)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Authorization = authorization;
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, path.StartsWith("/sts", StringComparison.Ordinal) ? "application/x-www-form-urlencoded" : "application/json");
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.True((int)answer.StatusCode < 500, $"{method} {path} {body}: {answer.StatusCode}");
    }

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameter();

    /// <summary>Notes which operation answered what, once the answer has been found good.</summary>
    private sealed class Recorder(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        public Dictionary<string, List<int>> Seen { get; } = new(StringComparer.Ordinal);

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var answer = await base.SendAsync(request, cancellationToken);
            if (SpecFiles.All!.Find(request.Method.Method, request.RequestUri!.AbsolutePath) is var (_, route))
            {
                if (!Seen.TryGetValue($"{route}", out var statuses))
                {
                    Seen[$"{route}"] = statuses = [];
                }

                statuses.Add((int)answer.StatusCode);
            }

            return answer;
        }
    }

    /// <summary>One resource of each kind to read, change and delete, and bodies that make another.</summary>
    private sealed class World(ControlHost gateway, IReadOnlyDictionary<string, string> ids, string provider, string pool)
    {
        public static async Task<World> MakeAsync(ControlHost gateway)
        {
            await gateway.Store.UpdateAsync(ChangeAuthor.System, _ => Update.Of(_ => 0, Change.Put(new User("u-2", "two@example.com", "Two"))), TestContext.Current.CancellationToken);
            var provider = await MakeProviderAsync(gateway.Issuer.Issuer);
            var pool = await PostAsync($"/iam/v2/identity-providers/{provider}/identity-pools", Pool);
            var account = await PostAsync("/iam/v2/service-accounts", new { display_name = "a" });
            return new World(
                gateway,
                new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["/iam/v2/users/{id}"] = "u-2",
                    ["/iam/v2/service-accounts/{id}"] = account,
                    ["/iam/v2/api-keys/{id}"] = await PostAsync("/iam/v2/api-keys", new { spec = new { owner = new { id = account } } }),
                    ["/iam/v2/role-bindings/{id}"] = await PostAsync("/iam/v2/role-bindings", new { principal = "User:u-2", role_name = "MetricsViewer", crn_pattern = ControlHost.Organization }),
                    ["/iam/v2/identity-providers/{id}"] = await MakeProviderAsync("https://empty.example"),
                    ["/iam/v2/identity-providers/{provider_id}/identity-pools/{id}"] = await PostAsync($"/iam/v2/identity-providers/{provider}/identity-pools", Pool),
                    ["/org/v2/environments/{id}"] = await PostAsync("/org/v2/environments", new { display_name = "e" }),
                    ["/org/v2/organizations/{id}"] = gateway.State.Organization.Id,
                    ["/cmk/v2/clusters/{id}"] = "lkc-1",
                },
                provider,
                pool);

            Task<string> MakeProviderAsync(string issuer) =>
                PostAsync("/iam/v2/identity-providers", new { display_name = "p", description = "", issuer, jwks_uri = gateway.Issuer.JwksUri });

            async Task<string> PostAsync(string path, object body) => (await gateway.CreateAsync(path, body)).GetProperty("id").GetString()!;
        }

        public string PathOf(string template, string? id = null) => template
            .Replace("{provider_id}", provider, StringComparison.Ordinal)
            .Replace("{id}", id ?? ids.GetValueOrDefault(template, ""), StringComparison.Ordinal);

        public string QueryOf(SpecRoute route) => $"{route}" switch
        {
            "GET /iam/v2/role-bindings" => "?crn_pattern=" + Uri.EscapeDataString(ControlHost.Organization + "/*"),
            "GET /cmk/v2/clusters" or "GET /cmk/v2/clusters/{id}" => "?environment=env-default",
            _ => "",
        };

        public string? BodyOf(SpecRoute route) => $"{route}" switch
        {
            "POST /iam/v2/identity-providers" => Json(new { display_name = "n", description = "", issuer = "https://new.example", jwks_uri = gateway.Issuer.JwksUri, expected_audiences = (string[])["a"] }),
            "PATCH /iam/v2/identity-providers/{id}" => Json(new { description = "changed" }),
            "PATCH /iam/v2/identity-providers/{provider_id}/jwks" => Json(new { spec = new { jwks_status = "REFRESHED" } }),
            "POST /iam/v2/identity-providers/{provider_id}/identity-pools" => Json(Pool),
            "PATCH /iam/v2/identity-providers/{provider_id}/identity-pools/{id}" => Json(new { filter = "claims.sub == 'x'" }),
            "POST /iam/v2/service-accounts" => Json(new { display_name = "b", description = "d" }),
            "PATCH /iam/v2/service-accounts/{id}" => Json(new { description = "changed" }),
            "POST /iam/v2/api-keys" => Json(new { spec = new { display_name = "k", description = "", owner = new { id = "u-admin" }, resource = new { id = "lkc-1" } } }),
            "PATCH /iam/v2/api-keys/{id}" => Json(new { spec = new { display_name = "changed" } }),
            "POST /iam/v2/role-bindings" => Json(new { principal = $"User:{pool}", role_name = "DeveloperRead", crn_pattern = ControlHost.Organization + "/environment=env-default/cloud-cluster=lkc-1/kafka=lkc-1/topic=t-*" }),
            "PATCH /iam/v2/users/{id}" => Json(new { full_name = "Changed" }),
            "POST /org/v2/environments" => Json(new { display_name = "f" }),
            "PATCH /org/v2/environments/{id}" or "PATCH /org/v2/organizations/{id}" => Json(new { display_name = "changed" }),
            "POST /cmk/v2/clusters" or "PATCH /cmk/v2/clusters/{id}" => Json(new { spec = new { display_name = "c" } }),
            "POST /sts/v1/oauth2/token" =>
                "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Atoken-exchange&subject_token_type=urn%3Aietf%3Aparams%3Aoauth%3Atoken-type%3Ajwt"
                + $"&requested_token_type=urn%3Aietf%3Aparams%3Aoauth%3Atoken-type%3Aaccess_token&identity_pool_id={pool}"
                + $"&subject_token={gateway.Issuer.Token(gateway.Issuer.Claims(TimeProvider.System.GetUtcNow()))}",
            _ => null,
        };

        private static object Pool { get; } = new { display_name = "p", description = "", identity_claim = "claims.sub", filter = "true" };

        private static string Json(object body) => JsonSerializer.Serialize(body);
    }
}
