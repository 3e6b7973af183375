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
}
