using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Sluice.Testing;
using Sluice.Testing.Issuers;

namespace Sluice.Tests.Identity;

/// <summary>
/// The real gateway with an issuer of the test's own as one more provider, made over the control plane; one pool takes everybody, others are made by the
/// test.
/// </summary>
internal sealed class IssuerGateway : IAsyncDisposable
{
    private IssuerGateway(GatewayHost gateway, TestIssuer issuer) => (Gateway, Issuer) = (gateway, issuer);

    public GatewayHost Gateway { get; }

    public TestIssuer Issuer { get; }

    /// <summary>The provider of <see cref="Issuer"/>.</summary>
    public string ProviderId { get; private set; } = "";

    /// <summary>A pool of <see cref="ProviderId"/> whose filter is <c>true</c>, and that may do everything on the cluster.</summary>
    public string PoolId { get; private set; } = "";

    public static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    public string Topics => $"{Gateway.Cluster}/topics";

    public static async Task<IssuerGateway> StartAsync(TimeProvider? time = null, params string[] settings)
    {
        var issuer = await TestIssuer.StartAsync();
        var gateway = await GatewayHost.StartAsync(builder =>
        {
            builder.Configuration.AddInMemoryCollection(
                settings.Select(setting => setting.Split('=', 2)).Select(pair => KeyValuePair.Create(pair[0], (string?)pair[1])));
            if (time is not null)
            {
                builder.Services.AddSingleton(time);
            }
        });
        var host = new IssuerGateway(gateway, issuer);
        host.ProviderId = await host.CreateProviderAsync(issuer.Issuer, issuer.JwksUri);
        host.PoolId = await host.CreatePoolAsync("true");
        await host.GrantAsync(host.PoolId, "CloudClusterAdmin");
        return host;
    }

    /// <summary>A good token now, after <paramref name="change"/> to its claims.</summary>
    public string Token(Action<JsonObject>? change = null)
    {
        var claims = Issuer.Claims(Now);
        change?.Invoke(claims);
        return Issuer.Token(claims);
    }

    public async Task<string> CreateProviderAsync(string issuer, string jwksUri, string? identityClaim = null)
    {
        var body = new JsonObject { ["display_name"] = $"p-{Guid.NewGuid():N}", ["description"] = "", ["issuer"] = issuer, ["jwks_uri"] = jwksUri };
        if (identityClaim is not null)
        {
            body["identity_claim"] = identityClaim;
        }

        return Id(await AdministerAsync(HttpMethod.Post, "/iam/v2/identity-providers", body));
    }

    public async Task<string> CreatePoolAsync(string filter, string identityClaim = "claims.sub", string? provider = null)
    {
        var body = new JsonObject
        {
            ["display_name"] = $"p-{Guid.NewGuid():N}",
            ["description"] = "",
            ["identity_claim"] = identityClaim,
            ["filter"] = filter,
        };
        return Id(await AdministerAsync(HttpMethod.Post, Pools(provider), body));
    }

    /// <summary>Grants a pool a role, and returns the binding's id.</summary>
    /// <param name="pool">To whom.</param>
    /// <param name="role">Which role.</param>
    /// <param name="resource">What of the cluster: <c>/topic=orders-*</c>; nothing: all of it.</param>
    public async Task<string> GrantAsync(string pool, string role, string resource = "") => Id(await AdministerAsync(
        HttpMethod.Post,
        "/iam/v2/role-bindings",
        new JsonObject { ["principal"] = $"User:{pool}", ["role_name"] = role, ["crn_pattern"] = Gateway.Info.ClusterCrn + resource }));

    public string Pools(string? provider = null) => $"/iam/v2/identity-providers/{provider ?? ProviderId}/identity-pools";

    /// <summary>Sends with the administrator's key.</summary>
    public async Task<Answer> AdministerAsync(HttpMethod method, string path, JsonNode? body = null)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = Administrator;
        if (body is not null)
        {
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        }

        return await Gateway.SendAsync(request);
    }

    public AuthenticationHeaderValue Administrator => GatewayHost.Basic(Gateway.Info.ApiKey, Gateway.Info.ApiSecret);

    /// <summary>Lists topics with this token.</summary>
    public Task<Answer> PresentAsync(string token, string? pools = null) => SendAsync(Topics, ("Authorization", $"Bearer {token}"), pools);

    /// <summary>GET with these fields, as they are.</summary>
    public Task<Answer> SendAsync(string path, (string Name, string Value) field, string? pools = null) =>
        SendAsync(path, pools is null ? [field] : [field, ("Confluent-Identity-Pool-Id", pools)]);

    public async Task<Answer> SendAsync(string path, params (string Name, string Value)[] fields)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in fields)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await Gateway.SendAsync(request);
    }

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await Issuer.DisposeAsync();
    }

    private static string Id(Answer answer)
    {
        Assert.True(answer.Status == 201, $"{answer.Status}: {answer.Body}");
        return answer.Json.GetProperty("id").GetString()!;
    }
}
