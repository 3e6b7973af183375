using System.Text.Json;
using Sluice.Testing;
using Sluice.Testing.Issuers;

namespace Sluice.Tests.Serve;

/// <summary><c>sluice serve</c> whose every resource is declared in files, as it is run from a repository of configuration: nobody administers it by hand.</summary>
public sealed class DeclaredOnlyTests : IDisposable
{
    private const string Secret = "a-declared-secret-of-some-length";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sluice-declared-only-");

    [Theory]
    [InlineData("yaml")]
    [InlineData("json")]
    public async Task Providers_pools_keys_and_roles_out_of_files_serve_both_planes_and_a_changed_file_counts_at_the_next_start(string format)
    {
        var issuer = await TestIssuer.StartAsync();
        await using (var gateway = await StartAsync(format, issuer, "claims.sub == 'orders-svc'"))
        {
            var topics = $"{ServeHost.ClusterPath("lkc-local")}/topics";
            Assert.Equal(201, (await gateway.SendAsync(gateway.Token("orders-svc"), "pool-orders", HttpMethod.Post, topics, """{"topic_name":"orders"}""")).Status);
            Assert.Equal(200, (await gateway.SendAsync(gateway.Token("orders-svc"), null, HttpMethod.Get, topics)).Status);
            Assert.Equal(403, (await gateway.SendAsync(gateway.Token("other-svc"), "pool-orders", HttpMethod.Get, topics)).Status);
            Assert.Equal(200, await StatusAsync(gateway, "BATCH", HttpMethod.Get, topics));
            Assert.Equal(401, await StatusAsync(gateway, "BATCH", HttpMethod.Get, "/iam/v2/identity-providers"));
            Assert.Equal(200, await StatusAsync(gateway, "OPS", HttpMethod.Get, "/iam/v2/identity-providers/op-test/identity-pools/pool-orders"));
            Assert.Equal(409, await StatusAsync(gateway, "OPS", HttpMethod.Patch, "/iam/v2/identity-providers/op-test/identity-pools/pool-orders"));
            Assert.Equal(401, (await gateway.AdministerAsync(HttpMethod.Get, "/iam/v2/identity-providers")).Status);
        }

        issuer = await TestIssuer.StartAsync();
        await using (var gateway = await StartAsync(format, issuer, "claims.sub == 'other-svc'"))
        {
            var topics = $"{ServeHost.ClusterPath("lkc-local")}/topics";
            Assert.Equal(403, (await gateway.SendAsync(gateway.Token("orders-svc"), "pool-orders", HttpMethod.Get, topics)).Status);
            Assert.Equal(200, (await gateway.SendAsync(gateway.Token("other-svc"), "pool-orders", HttpMethod.Get, topics)).Status);
        }
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static async Task<int> StatusAsync(ServeHost gateway, string key, HttpMethod method, string path)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = GatewayHost.Basic(key, Secret);
        request.Content = method == HttpMethod.Patch ? System.Net.Http.Json.JsonContent.Create(new { description = "x" }) : null;
        using var answer = await gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return (int)answer.StatusCode;
    }

    // Two files, so that one can be everybody's and one the secrets' keeper's.
    private Task<ServeHost> StartAsync(string format, TestIssuer issuer, string filter)
    {
        var secret = Write("secret", Secret + "\n");
        var provider = format == "yaml"
            ? $"""
               identity_providers:
                 - id: op-test
                   display_name: Test
                   issuer: {issuer.Issuer}
                   jwks_uri: {issuer.JwksUri}
                   expected_audiences: [kafka-rest]
                   identity_pools:
                     - id: pool-orders
                       display_name: Orders
                       filter: {filter}
               """
            : JsonSerializer.Serialize(new
            {
                identity_providers = (object[])
                [
                    new
                    {
                        id = "op-test",
                        display_name = "Test",
                        issuer = issuer.Issuer,
                        jwks_uri = issuer.JwksUri,
                        expected_audiences = (string[])["kafka-rest"],
                        identity_pools = (object[])[new { id = "pool-orders", display_name = "Orders", filter }],
                    },
                ],
            });
        var accounts =
            $$"""
              service_accounts:
                - {id: sa-batch, display_name: Batch}
                - {id: sa-ops, display_name: Operations}
              api_keys:
                - {id: BATCH, owner: sa-batch, resource: lkc-local, secret_file: {{secret}}}
                - {id: OPS, owner: sa-ops, resource: cloud, secret_file: {{secret}}}
              role_bindings:
                - principal: User:sa-ops
                  role_name: OrganizationAdmin
                  crn_pattern: crn://confluent.cloud/organization=5e1fc105-ed9a-4e00-8000-000000000001
                - principal: User:pool-orders
                  role_name: ResourceOwner
                  crn_pattern: crn://confluent.cloud/organization=5e1fc105-ed9a-4e00-8000-000000000001/environment=env-default/cloud-cluster=lkc-local/kafka=lkc-local/topic=orders*
              """;
        return ServeHost.StartAsync(
            [
                "Clusters:0:Kind=Embedded", "Clusters:0:ClusterId=lkc-local", "Sluice:Administrator:ApiKey=", "Sluice:Administrator:Secret=",
                $"Sluice:ControlPlane:DeclaredFiles:0={Write($"trust.{format}", provider)}", $"Sluice:ControlPlane:DeclaredFiles:1={Write("accounts.yaml", accounts)}",
            ],
            null,
            null,
            issuer);
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }
}
