using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;

namespace Sluice.Tests.Identity.OidcProvider;

/// <summary>End to end with a provider that is not ours: its tokens, its key set, its rotation.</summary>
public sealed class LiveProviderTests
{
    [Fact]
    public async Task Tokens_of_a_live_provider_are_accepted_before_and_after_it_rotates_its_keys()
    {
        var (directory, problem) = await LiveProvider.InstallAsync();
        Assert.SkipUnless(directory is not null, problem ?? "");
        await using var host = await IssuerGateway.StartAsync();
        string issuer;
        string pool;
        string old;
        await using (var provider = await LiveProvider.StartAsync(directory, 0, "first"))
        {
            issuer = provider.Issuer;
            var id = await host.CreateProviderAsync(issuer, $"{issuer}/jwks", "claims.client_id");
            pool = await host.CreatePoolAsync("claims.aud == 'kafka-rest' && claims.client_id == 'orders-svc' && 'writers' in claims.groups", provider: id);
            old = await provider.TokenAsync("urn:example:kafka-rest");

            var named = await host.PresentAsync(old, pool);
            Assert.True(named.Status == 200, named.Body);
            Assert.Equal(200, (await host.PresentAsync(old)).Status);
            Assert.Equal(403, (await host.PresentAsync(old, host.PoolId)).Status);
        }

        // Down: what is held still verifies.
        Assert.Equal(200, (await host.PresentAsync(old, pool)).Status);

        await using var rotated = await LiveProvider.StartAsync(directory, new Uri(issuer).Port, "second");
        Assert.Equal(issuer, rotated.Issuer);
        Assert.Equal(200, (await host.PresentAsync(await rotated.TokenAsync("urn:example:kafka-rest"), pool)).Status);
        Assert.Equal(401, (await host.PresentAsync(old, pool)).Status);
        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public async Task Of_all_that_a_live_provider_signs_only_access_tokens_are_accepted()
    {
        var (directory, problem) = await LiveProvider.InstallAsync();
        Assert.SkipUnless(directory is not null, problem ?? "");
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=bound", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(IssuerGateway.Now.AddDays(-1), IssuerGateway.Now.AddDays(1));
        await using var host = await IssuerGateway.StartAsync();
        var (provider, tokens) = await LiveProvider.StartWithKindsAsync(directory, certificate.ExportCertificatePem());
        await using var running = provider;
        var id = await host.CreateProviderAsync(provider.Issuer, $"{provider.Issuer}/jwks");
        var pool = await host.CreatePoolAsync("true", provider: id);

        foreach (var one in tokens)
        {
            await JudgeAsync(one.GetProperty("accepted").GetBoolean(), "rule");
            if (one.TryGetProperty("unmarked", out _))
            {
                // Nothing in it tells it from an access token, so the audience has to.
                await ExpectAsync("kafka-rest");
                await JudgeAsync(accepted: false, "WrongAudience");
                await ExpectAsync();
            }

            async Task JudgeAsync(bool accepted, string rule)
            {
                var name = one.GetProperty("name").GetString();
                var token = one.GetProperty("token").GetString()!;
                var answer = await host.PresentAsync(token, pool);
                Assert.True(answer.Status == (accepted ? 200 : 401), $"{name}: {answer.Status} {answer.Body}");
                if (!accepted)
                {
                    var body = new JsonObject { ["token"] = token, ["pool_id"] = pool };
                    var why = (await host.AdministerAsync(HttpMethod.Post, "/sluice/v1/tokens:explain", body)).Json;
                    var wanted = rule == "rule" ? one.GetProperty("rule").GetString() : rule;
                    var found = why.TryGetProperty("refusal", out var refusal) ? refusal.GetProperty("rule").GetString() : "none";
                    Assert.True(wanted == found || (wanted == "NotBound" && found == "none" && why.GetProperty("proofs").GetArrayLength() > 0), $"{name}: {why}");
                }
            }
        }

        Assert.Contains(tokens, one => one.GetProperty("accepted").GetBoolean());
        Directory.Delete(directory, recursive: true);

        async Task ExpectAsync(params string[] audiences)
        {
            var changed = await host.AdministerAsync(
                HttpMethod.Patch, $"/iam/v2/identity-providers/{id}", new JsonObject { ["expected_audiences"] = new JsonArray([.. audiences.Select(audience => (JsonNode)audience)]) });
            Assert.True(changed.Status == 200, changed.Body);
        }
    }
}
