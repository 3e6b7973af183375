using System.Net.Http.Headers;
using System.Text;
using Sluice.Testing;
using Sluice.Tests.Identity;

namespace Sluice.Tests.Access;

/// <summary>A pool of its own with what it was granted, and a token that only this pool takes.</summary>
internal sealed class PoolCaller
{
    private readonly IssuerGateway _host;

    private PoolCaller(IssuerGateway host, string pool, string token) => (_host, Pool, Token) = (host, pool, token);

    public string Pool { get; }

    public string Token { get; }

    public string Principal => $"User:{Pool}";

    /// <param name="host">The gateway.</param>
    /// <param name="grants">Role and what of the cluster, such as <c>("DeveloperRead", "/topic=orders")</c>.</param>
    public static async Task<PoolCaller> CreateAsync(IssuerGateway host, params (string Role, string Resource)[] grants)
    {
        var subject = $"svc-{Guid.NewGuid():N}";
        var caller = new PoolCaller(
            host, await host.CreatePoolAsync($"claims.sub == '{subject}'"), host.Issuer.Token(host.Issuer.Claims(IssuerGateway.Now, subject)));
        foreach (var (role, resource) in grants)
        {
            await caller.GrantAsync(role, resource);
        }

        return caller;
    }

    /// <summary>Returns the binding's id.</summary>
    public Task<string> GrantAsync(string role, string resource) => _host.GrantAsync(Pool, role, resource);

    /// <summary>Stores an ACL, as the administrator.</summary>
    public static async Task AclAsync(
        IssuerGateway host, string principal, string permission, string operation, string topic, string pattern = "LITERAL", string address = "*", string type = "TOPIC")
    {
        var made = await host.AdministerAsync(
            HttpMethod.Post,
            $"{host.Gateway.Cluster}/acls",
            System.Text.Json.Nodes.JsonNode.Parse(
                $$"""{"resource_type":"{{type}}","resource_name":"{{topic}}","pattern_type":"{{pattern}}","principal":"{{principal}}","host":"{{address}}","operation":"{{operation}}","permission":"{{permission}}"}"""));
        Assert.Equal(201, made.Status);
    }

    public Task AclAsync(string permission, string operation, string topic, string pattern = "LITERAL", string address = "*", string type = "TOPIC") =>
        AclAsync(_host, Principal, permission, operation, topic, pattern, address, type);

    /// <param name="method">HTTP method.</param>
    /// <param name="path">Below the cluster: <c>/topics</c>.</param>
    /// <param name="json">Body.</param>
    public Task<Answer> SendAsync(string method, string path, string? json = null) => SendToAsync(method, _host.Gateway.Cluster + path, json);

    /// <summary>With a whole path.</summary>
    public async Task<Answer> SendToAsync(string method, string path, string? json = null, string? token = null, string? pools = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token ?? Token);
        request.Headers.Add("Confluent-Identity-Pool-Id", pools ?? Pool);
        request.Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json");
        return await _host.Gateway.SendAsync(request);
    }

    /// <summary>Produces one record, and returns its report's code; or the error's, when nothing was produced.</summary>
    public async Task<int> ProduceAsync(string topic)
    {
        var answer = await SendAsync("POST", $"/topics/{topic}/records", """{"value":{"type":"STRING","data":"v"}}""");
        return answer.Json.GetProperty("error_code").GetInt32();
    }

    /// <summary>Names of the topics that it is shown.</summary>
    public async Task<string[]> TopicsAsync() =>
        [.. (await SendAsync("GET", "/topics")).Json.GetProperty("data").EnumerateArray().Select(topic => topic.GetProperty("topic_name").GetString()!)];
}
