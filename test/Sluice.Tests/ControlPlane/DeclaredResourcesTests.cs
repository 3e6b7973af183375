using System.Net;
using Sluice.Declared;
using Sluice.Identity;
using Sluice.State;
using Sluice.Testing;

namespace Sluice.Tests.ControlPlane;

/// <summary>Resources that files declare.</summary>
public sealed class DeclaredResourcesTests : IDisposable
{
    private const string Yaml =
        """
        # a provider, its pool, and what it may do
        environments:
          - id: env-prod
            display_name: Production
        identity_providers:
          - id: op-okta
            display_name: Okta
            issuer: https://example.okta.com/oauth2/default
            jwks_uri: https://example.okta.com/oauth2/default/v1/keys
            identity_claim: claims.sub
            expected_audiences: [kafka]
            identity_pools:
              - id: pool-orders
                display_name: Orders
                filter: |-
                  claims.cid == "orders" && "produce" in claims.scp
        service_accounts:
          - {id: sa-batch, display_name: Batch}
        api_keys:
          - id: BATCHKEY
            owner: sa-batch
            resource: cloud
            secret_file: SECRETFILE
        role_bindings:
          - principal: User:pool-orders
            role_name: DeveloperWrite
            crn_pattern: crn://confluent.cloud/organization=5e1fc105-ed9a-4e00-8000-000000000001/environment=env-default/cloud-cluster=lkc-dev/kafka=lkc-dev/topic=orders-*
          - principal: User:sa-batch
            role_name: OrganizationAdmin
            crn_pattern: crn://confluent.cloud/organization=5e1fc105-ed9a-4e00-8000-000000000001
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sluice-declared-");

    [Fact]
    public async Task They_are_there_from_the_start_work_and_cannot_be_changed_through_the_API()
    {
        var secret = Write("secret", "a-secret-of-some-length\n");
        var file = Write("resources.yaml", Yaml.Replace("SECRETFILE", secret, StringComparison.Ordinal));
        await using var gateway = await GatewayHost.StartAsync(dev: dev => dev with { DeclaredFiles = [file] });
        using var batch = new HttpClient(new SocketsHttpHandler()) { BaseAddress = gateway.Http.BaseAddress };
        batch.DefaultRequestHeaders.Authorization = GatewayHost.Basic("BATCHKEY", "a-secret-of-some-length");

        var (status, pool) = await ControlHost.SendAsync(batch, "GET", "/iam/v2/identity-providers/op-okta/identity-pools/pool-orders");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("claims.cid == \"orders\" && \"produce\" in claims.scp", pool.GetProperty("filter").GetString());
        foreach (var (method, path, body) in ((string, string, object?)[])
            [
                ("PATCH", "/iam/v2/identity-providers/op-okta", new { description = "x" }),
                ("DELETE", "/iam/v2/identity-providers/op-okta/identity-pools/pool-orders", null),
                ("PATCH", "/iam/v2/service-accounts/sa-batch", new { description = "x" }),
                ("DELETE", "/iam/v2/api-keys/BATCHKEY", null),
                ("DELETE", "/org/v2/environments/env-prod", null),
            ])
        {
            var (refused, answer) = await ControlHost.SendAsync(batch, method, path, body);
            Assert.Equal(HttpStatusCode.Conflict, refused);
            Assert.Contains("declared in the gateway's configuration", answer.GetProperty("errors")[0].GetProperty("detail").GetString(), StringComparison.Ordinal);
        }

        // What is made beside them can be changed.
        var made = await ControlHost.SendAsync(batch, "POST", "/iam/v2/service-accounts", new { display_name = "other" });
        Assert.Equal(HttpStatusCode.Created, made.Status);
    }

    [Fact]
    public void JSON_says_the_same_as_YAML()
    {
        var secret = Write("secret", "a-secret-of-some-length");
        var yaml = Write("a.yaml", Yaml.Replace("SECRETFILE", secret, StringComparison.Ordinal));
        var json = Write("a.json", YamlToJson.Convert(File.ReadAllText(yaml))!.ToJsonString());

        var (first, second) = (Load(yaml), Load(json));

        Assert.Empty(first.Problems);
        Assert.Equal(7, first.Resources.Count);
        Assert.Equal(first.Resources.Select(Line), second.Resources.Select(Line));
        Assert.Equal(["kafka"], first.Resources.OfType<IdentityProvider>().Single().ExpectedAudiences);

        static string Line(IStateResource resource) => ResourceText.ToJson(resource).ToJsonString();
    }

    [Theory]
    [InlineData("identity_providers: [{id: op-a, display_name: a, issuer: http://a, jwks_uri: https://a/k}]", "/identity_providers/0/issuer")]
    [InlineData("identity_providers: [{id: op-a, display_name: a, issuer: https://a, jwks_uri: https://a/k, identity_pools: [{id: pool-a, display_name: p, filter: 'claims.'}]}]", "/identity_providers/0/identity_pools/0/filter")]
    [InlineData("identity_providers: [{id: op-a, display_name: a, issuer: https://a, jwks_uri: https://a/k, allowed_algorithms: [RS256, HS256]}]", "/identity_providers/0/allowed_algorithms: allowed_algorithms cannot have 'HS256'")]
    [InlineData("identity_providers: [{id: op-a, display_name: a, issuer: https://a, jwks_uri: https://a/k, other_issuers: [{issuer: https://b, jwks_uri: 'http://b/k'}]}]", "/identity_providers/0/other_issuers: In other_issuers, jwks_uri")]
    [InlineData("identity_providers: [{id: op-a, display_name: a, issuer: https://a, jwks_uri: https://a/k}, {id: op-b, display_name: b, issuer: https://b, jwks_uri: https://b/k, other_issuers: [{issuer: https://a, jwks_uri: https://b/k}]}]", "have the same issuer https://a")]
    [InlineData("identity_providers: [{id: x, display_name: a, issuer: https://a, jwks_uri: https://a/k}]", "/identity_providers/0/id")]
    [InlineData("service_accounts: [{id: sa-a, display_name: 5}]", "/service_accounts/0/display_name")]
    [InlineData("service_accounts: [{id: sa-a, display_name: a, colour: red}]", "/service_accounts/0/colour")]
    [InlineData("service_accounts: [{id: sa-a, display_name: a}, {id: sa-a, display_name: b}]", "declared 2 times")]
    [InlineData("api_keys: [{id: A, owner: sa-a}]", "secret_file")]
    [InlineData("api_keys: [{id: A, owner: sa-a, secret_hash: plain}]", "secret_hash")]
    [InlineData("api_keys: [{id: A, owner: somebody, secret_file: /no/such/file}]", "/api_keys/0/owner")]
    [InlineData("role_bindings: [{principal: User:a, role_name: King, crn_pattern: 'crn://a/b=c'}]", "/role_bindings/0/role_name")]
    [InlineData("role_bindings: [{principal: User:a, role_name: OrganizationAdmin, crn_pattern: 'crn://confluent.cloud/organization=o/environment=e'}]", "/role_bindings/0/crn_pattern: OrganizationAdmin holds for the organization")]
    [InlineData("role_bindings: [{principal: User:a, role_name: Operator, crn_pattern: 'crn://example.com/organization=o'}]", "/role_bindings/0/crn_pattern: crn_pattern must begin with crn://confluent.cloud/")]
    [InlineData("- a\n- b", "must be an object")]
    [InlineData("a: [", "malformed YAML")]
    [InlineData("a: 1\na: 2", "malformed YAML")]
    public void A_declaration_that_makes_no_sense_is_refused_with_its_place(string yaml, string place)
    {
        var problem = string.Join('\n', Load(Write("bad.yaml", yaml)).Problems);

        Assert.Contains(place, problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_command_says_what_is_wrong_and_does_not_start()
    {
        var file = Write("bad.yaml", "role_bindings: [{}]");

        var (code, output, error) = await SluiceProcess.RunAsync("dev", "--declare", file, "--data", Path.Combine(_folder.FullName, "data"), "--urls", "http://127.0.0.1:0");

        Assert.Equal(1, code);
        Assert.Equal("", output);
        Assert.Contains("/role_bindings/0/principal", error, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("claims.sub == 's'", "", "whatever claims.aud says")]
    [InlineData("true", "expected_audiences: [kafka]", "true for every token")]
    [InlineData("claims.sub == 's'", "expected_audiences: [kafka]", null)]
    [InlineData("'kafka' in claims.aud", "", null)]
    public void What_is_likely_a_mistake_in_a_filter_is_a_warning_as_through_the_API(string filter, string more, string? expected)
    {
        var declared = Load(Write("warned.yaml", $$"""
            identity_providers:
              - id: op-a
                display_name: A
                issuer: https://a.example
                jwks_uri: https://a.example/keys
                {{more}}
                identity_pools:
                  - {id: pool-a, display_name: P, filter: "{{filter}}"}
            """));

        Assert.Empty(declared.Problems);
        Assert.Equal(expected is null ? 0 : 1, declared.Warnings.Count);
        if (expected is not null)
        {
            Assert.Contains("warned.yaml: pool pool-a: ", declared.Warnings[0], StringComparison.Ordinal);
            Assert.Contains(expected, declared.Warnings[0], StringComparison.Ordinal);
        }
    }

    private static DeclaredResources Load(string file) => DeclaredResources.Load([file], new IdentityOptions(), "confluent.cloud");

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }
}
