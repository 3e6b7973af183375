using System.Text.Json.Nodes;
using Sluice.State;

namespace Sluice.Identity.Tests.Vendors;

/// <summary>Tokens shaped as vendors issue them, with filters that people use for each; and near misses that must not match.</summary>
public sealed class VendorTests
{
    private const string Tenant = "9f2a6b1e-1111-4000-8000-000000000001";
    private const string Api = "7d0a4c52-2222-4000-8000-000000000002";
    private const string Client = "31c5fb0d-3333-4000-8000-000000000003";

    private static readonly Dictionary<string, Vendor> Vendors = new(StringComparer.Ordinal)
    {
        ["Okta"] = new(
            "https://acme.okta.com/oauth2/default", """{"kid":"K","alg":"RS256"}""",
            """{"ver":1,"jti":"AT.abc","aud":"kafka-rest","cid":"0oa1b2c3d4","scp":["kafka.write","kafka.read"],"sub":"0oa1b2c3d4"}""",
            "claims.cid", "0oa1b2c3d4"),
        ["Okta, a person"] = new(
            "https://acme.okta.com/oauth2/default", """{"kid":"K","alg":"RS256"}""",
            """{"ver":1,"jti":"AT.abc","aud":"kafka-rest","cid":"0oa1b2c3d4","uid":"00u1","scp":["openid","kafka.write"],"auth_time":1795521000,"sub":"alice@acme.example","groups":["Kafka writers"]}""",
            "claims.sub", "alice@acme.example"),
        ["Entra v2, an application"] = new(
            $"https://login.microsoftonline.com/{Tenant}/v2.0", """{"typ":"JWT","alg":"RS256","kid":"K"}""",
            $$"""{"aud":"{{Api}}","aio":"E2","azp":"{{Client}}","azpacr":"1","oid":"o-1","rh":"0.A","roles":["kafka.write"],"sub":"o-1","tid":"{{Tenant}}","uti":"u","ver":"2.0"}""",
            "claims.azp", Client),
        ["Entra v2, a person"] = new(
            $"https://login.microsoftonline.com/{Tenant}/v2.0", """{"typ":"JWT","alg":"RS256","kid":"K"}""",
            $$"""{"aud":"{{Api}}","azp":"{{Client}}","azpacr":"0","name":"Alice","oid":"o-2","preferred_username":"alice@acme.example","scp":"kafka.write kafka.read","sub":"s-2","sid":"x","tid":"{{Tenant}}","ver":"2.0"}""",
            "claims.preferred_username", "alice@acme.example"),
        ["Entra v1, an application"] = new(
            $"https://sts.windows.net/{Tenant}/", """{"typ":"JWT","alg":"RS256","x5t":"t","kid":"K"}""",
            $$"""{"aud":"api://kafka","appid":"{{Client}}","appidacr":"1","idp":"https://sts.windows.net/{{Tenant}}/","oid":"o-1","roles":["kafka.write"],"sub":"o-1","tid":"{{Tenant}}","ver":"1.0"}""",
            "claims.appid", Client),
        ["Keycloak"] = new(
            "https://sso.acme.example/realms/acme", """{"alg":"RS256","typ":"JWT","kid":"K"}""",
            """{"jti":"trrtcc:1","aud":["kafka-rest","account"],"sub":"5c7b","typ":"Bearer","azp":"orders-svc","acr":"1","realm_access":{"roles":["kafka-user"]},"resource_access":{"kafka-rest":{"roles":["producer"]}},"scope":"email profile","groups":["/orders/writers"]}""",
            "claims.azp", "orders-svc"),
        ["Auth0"] = new(
            "https://acme.eu.auth0.com/", """{"alg":"RS256","typ":"JWT","kid":"K"}""",
            """{"sub":"c1@clients","aud":"https://kafka.acme.example","azp":"c1","scope":"kafka:write","gty":"client-credentials","permissions":["kafka:write"],"https://acme.example/role":"orders"}""",
            "claims[\"https://acme.example/role\"]", "orders"),
        ["Google, a service account"] = new(
            "https://accounts.google.com", """{"alg":"RS256","kid":"K","typ":"JWT"}""",
            """{"aud":"kafka-rest","azp":"1122334455","email":"orders@acme.iam.gserviceaccount.com","email_verified":true,"sub":"1122334455"}""",
            "claims.email", "orders@acme.iam.gserviceaccount.com"),
        ["Kubernetes"] = new(
            "https://oidc.eks.eu-west-1.amazonaws.com/id/ABC", """{"alg":"RS256","kid":"K"}""",
            """{"aud":["kafka-rest"],"jti":"j","kubernetes.io":{"namespace":"orders","node":{"name":"n1","uid":"u"},"pod":{"name":"producer-0","uid":"u"},"serviceaccount":{"name":"producer","uid":"u"}},"nbf":1795521600,"sub":"system:serviceaccount:orders:producer"}""",
            "claims[\"kubernetes.io\"].serviceaccount.name", "producer"),
        ["GitHub Actions"] = new(
            "https://token.actions.githubusercontent.com", """{"typ":"JWT","alg":"RS256","x5t":"t","kid":"K"}""",
            """{"jti":"j","sub":"repo:acme/orders:ref:refs/heads/main","aud":"kafka-rest","ref":"refs/heads/main","sha":"0f","repository":"acme/orders","repository_owner":"acme","run_id":"1","actor":"alice","workflow":"ci","event_name":"push","ref_type":"branch","job_workflow_ref":"acme/orders/.github/workflows/ci.yml@refs/heads/main","runner_environment":"github-hosted"}""",
            "claims.sub", "repo:acme/orders:ref:refs/heads/main"),
        ["Spring Authorization Server"] = new(
            "http://127.0.0.1:8182", """{"kid":"K","alg":"RS256"}""",
            """{"sub":"orders-svc","aud":"orders-svc","nbf":1795521600,"scope":["produce","consume"],"jti":"j"}""",
            "claims.sub", "orders-svc"),
        ["Cognito"] = new(
            "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbC", """{"kid":"K","alg":"RS256"}""",
            """{"sub":"c1","token_use":"access","scope":"kafka/write","auth_time":1795521600,"version":2,"jti":"j","client_id":"c1"}""",
            "claims.client_id", "c1"),
        ["RFC 9068"] = new(
            "https://as.acme.example", """{"typ":"at+jwt","alg":"RS256","kid":"K"}""",
            """{"sub":"c1","aud":"kafka-rest","client_id":"c1","jti":"j","scope":"produce","auth_time":1795521600,"acr":"urn:x"}""",
            "claims.client_id", "c1"),
    };

    public static TheoryData<string> Names() => [.. Vendors.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_vendors_access_token_is_accepted_and_names_its_caller(string name)
    {
        var vendor = Vendors[name];
        await using var host = await IdentityHost.StartAsync();
        host.Change(provider => provider with { Issuer = vendor.Issuer });
        host.Put(new IdentityPool("pool-v", IdentityHost.ProviderId, "", "", vendor.IdentityClaim, "true"));

        Assert.Equal(vendor.Identity, (await host.AcceptsAsync(Token(host, vendor), "pool-v")).ExternalIdentity);
    }

    [Theory]
    [InlineData("Okta", """claims.aud == "kafka-rest" && claims.cid == "0oa1b2c3d4" && "kafka.write" in claims.scp""", true)]
    [InlineData("Okta", """claims.aud=='kafka-rest' && 'kafka.write' in claims.scp""", true)]
    [InlineData("Okta", """claims.scp == "kafka.write" """, false)]
    [InlineData("Okta, a person", """ "Kafka writers" in claims.groups""", true)]
    [InlineData("Entra v2, an application", $"""claims.tid == "{Tenant}" && claims.aud == "{Api}" && "kafka.write" in claims.roles""", true)]
    [InlineData("Entra v2, an application", """claims.scp == "kafka.write kafka.read" """, false)]
    [InlineData("Entra v2, a person", """claims.scp.contains("kafka.write")""", true)]
    [InlineData("Entra v2, a person", """ "kafka.write" in claims.scp.split(" ")""", false)]
    [InlineData("Entra v1, an application", $"""claims.aud == "api://kafka" && claims.appid == "{Client}" """, true)]
    [InlineData("Keycloak", """(claims.aud == "kafka-rest" || "kafka-rest" in claims.aud) && claims.azp == "orders-svc" """, true)]
    [InlineData("Keycloak", """ "producer" in claims.resource_access["kafka-rest"].roles""", true)]
    [InlineData("Keycloak", """claims.groups.exists(g, g.startsWith("/orders/"))""", true)]
    [InlineData("Keycloak", """claims.aud == "kafka-rest" """, false)]
    [InlineData("Auth0", """claims.aud == "https://kafka.acme.example" && "kafka:write" in claims.permissions""", true)]
    [InlineData("Auth0", """claims["https://acme.example/role"] == "orders" """, true)]
    [InlineData("Google, a service account", """claims.aud == "kafka-rest" && claims.email == "orders@acme.iam.gserviceaccount.com" """, true)]
    [InlineData("Kubernetes", """ "kafka-rest" in claims.aud && claims.sub == "system:serviceaccount:orders:producer" """, true)]
    [InlineData("Kubernetes", """claims["kubernetes.io"].namespace == "orders" """, true)]
    [InlineData("Kubernetes", """claims.sub.startsWith("system:serviceaccount:billing:")""", false)]
    [InlineData("GitHub Actions", """claims.aud == "kafka-rest" && claims.sub == "repo:acme/orders:ref:refs/heads/main" """, true)]
    [InlineData("GitHub Actions", """claims.sub.matches("^repo:acme/[^:]+:ref:refs/heads/main$")""", true)]
    [InlineData("GitHub Actions", """claims.repository_owner == "acme-evil" """, false)]
    [InlineData("Spring Authorization Server", """ "produce" in claims.scope && claims.aud == "orders-svc" """, true)]
    [InlineData("Cognito", """claims.scope.contains("kafka/write")""", true)]
    [InlineData("RFC 9068", """has(claims.client_id) && claims.client_id in ["c1", "c2"]""", true)]
    public async Task A_filter_for_a_vendor_matches_its_tokens_or_not(string name, string filter, bool matches)
    {
        var vendor = Vendors[name];
        await using var host = await IdentityHost.StartAsync();
        host.Change(provider => provider with { Issuer = vendor.Issuer });
        host.Put(new IdentityPool("pool-v", IdentityHost.ProviderId, "", "", "claims.sub", filter));

        var outcome = await host.CheckAsync(Token(host, vendor), "pool-v");

        Assert.True(matches ? outcome.Caller is not null : outcome.Refusal?.Rule == RefusalRule.NoPoolMatches, $"{outcome.Refusal} {outcome.Caller}");
    }

    private static string Token(IdentityHost host, Vendor vendor)
    {
        var claims = JsonNode.Parse(vendor.Claims)!.AsObject();
        claims["iss"] = vendor.Issuer;
        claims["iat"] = host.Now.ToUnixTimeSeconds();
        claims["exp"] = host.Now.ToUnixTimeSeconds() + 3600;
        return host.Issuer.Key.Sign(vendor.Header.Replace("\"K\"", "\"key-1\"", StringComparison.Ordinal), claims.ToJsonString());
    }

    private sealed record Vendor(string Issuer, string Header, string Claims, string IdentityClaim, string Identity);
}
