using Sluice.State;

namespace Sluice.Identity.Tests;

public sealed class AuthenticatorTests
{
    [Fact]
    public async Task A_good_token_of_a_trusted_issuer_acts_as_its_pool()
    {
        await using var host = await IdentityHost.StartAsync();

        var caller = await host.AcceptsAsync(host.Token());

        Assert.Equal(["User:pool-all"], caller.Principals);
        Assert.Equal(CallerKind.Pool, caller.Kind);
        Assert.Equal("orders-svc", caller.ExternalIdentity);
        Assert.Equal(IdentityHost.ProviderId, caller.ProviderId);
        Assert.Equal(host.Now.AddSeconds(3660), caller.Expires);
    }

    [Fact]
    public async Task An_API_key_with_its_secret_acts_as_its_owner()
    {
        await using var host = await IdentityHost.StartAsync();
        var secret = ApiKeySecret.Create();
        host.Put(new ApiKey("KEY1", ApiKeySecret.Hash(secret), "sa-1", "lkc-1"));

        var outcome = await host.PresentAsync(Basic("KEY1", secret));

        Assert.Equal(["User:sa-1"], outcome.Caller!.Principals);
        Assert.Equal(("KEY1", "lkc-1"), (outcome.Caller.ApiKeyId, outcome.Caller.ResourceId));
    }

    [Theory]
    [InlineData("KEY1", "wrong")]
    [InlineData("KEY2", "right")]
    [InlineData("key1", "right")]
    [InlineData("KEY1", "")]
    [InlineData("", "right")]
    public async Task A_wrong_secret_or_an_unknown_key_is_refused_alike(string id, string secret)
    {
        await using var host = await IdentityHost.StartAsync();
        host.Put(new ApiKey("KEY1", ApiKeySecret.Hash("right"), "sa-1", null));

        var outcome = await host.PresentAsync(Basic(id, secret));

        Assert.Equal(new Refusal(RefusalRule.BadApiKey, "No API key has this id and secret."), outcome.Refusal);
    }

    [Fact]
    public async Task A_revoked_API_key_is_refused_on_the_next_request()
    {
        await using var host = await IdentityHost.StartAsync();
        host.Put(new ApiKey("KEY1", ApiKeySecret.Hash("right"), "sa-1", null));
        Assert.NotNull((await host.PresentAsync(Basic("KEY1", "right"))).Caller);

        host.State = host.State with { ApiKeys = host.State.ApiKeys.Remove("KEY1") };

        Assert.Equal(RefusalRule.BadApiKey, (await host.PresentAsync(Basic("KEY1", "right"))).Refusal!.Rule);
    }

    private static PresentedCredentials Basic(string id, string secret) =>
        new($"Basic {Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"{id}:{secret}"))}", default);
}
