using Sluice.State;

namespace Sluice.Identity.Tests;

public sealed class TokenRulesTests
{
    [Fact]
    public async Task A_token_is_good_until_its_expiry_and_the_allowed_skew_and_not_after()
    {
        await using var host = await IdentityHost.StartAsync();
        var expires = host.Now.AddSeconds(100);
        var token = host.Token(claims => claims["exp"] = expires.ToUnixTimeSeconds());

        host.Time.Advance(TimeSpan.FromSeconds(159));
        await host.AcceptsAsync(token);
        host.Time.Advance(TimeSpan.FromSeconds(1));

        await host.RefusesAsync(token, RefusalRule.Expired);
    }

    [Fact]
    public async Task A_token_from_the_future_is_not_valid_yet()
    {
        await using var host = await IdentityHost.StartAsync();

        await host.RefusesAsync(host.Token(claims => claims["nbf"] = host.Now.AddSeconds(61).ToUnixTimeSeconds()), RefusalRule.NotYetValid);
        await host.AcceptsAsync(host.Token(claims => claims["nbf"] = host.Now.AddSeconds(59).ToUnixTimeSeconds()));
    }

    [Theory]
    [InlineData("exp")]
    [InlineData("iat")]
    [InlineData("sub")]
    public async Task A_token_without_a_claim_that_is_needed_is_refused(string claim)
    {
        await using var host = await IdentityHost.StartAsync();

        await host.RefusesAsync(host.Token(claims => claims.Remove(claim)), RefusalRule.BadClaim);
    }

    [Theory]
    [InlineData("pool-sub", RefusalRule.BadClaim)]
    [InlineData(null, RefusalRule.BadClaim)]
    [InlineData("pool-sub,pool-azp", RefusalRule.BadClaim)]
    [InlineData("pool-azp", RefusalRule.NoPoolMatches)]
    [InlineData("pool-unknown", RefusalRule.NoPoolMatches)]
    public async Task A_token_without_the_sub_that_names_its_caller_is_no_good_although_no_filter_is_true(string? pools, RefusalRule rule)
    {
        await using var host = await IdentityHost.StartAsync();
        host.Put(new IdentityPool(IdentityHost.PoolId, IdentityHost.ProviderId, "", "", "claims.sub", "claims.sub == 'nobody'"));
        host.Put(new IdentityPool("pool-sub", IdentityHost.ProviderId, "", "", "sub", "claims.sub == 'orders-svc'"));
        host.Put(new IdentityPool("pool-azp", IdentityHost.ProviderId, "", "", "claims.azp", "claims.azp == 'orders-svc'"));

        await host.RefusesAsync(host.Token(claims => claims.Remove("sub")), rule, pools);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("x")]
    public async Task An_issuer_that_differs_by_one_character_is_not_trusted(string suffix)
    {
        await using var host = await IdentityHost.StartAsync();

        await host.RefusesAsync(host.Token(claims => claims["iss"] = host.Issuer.Issuer + suffix), RefusalRule.UntrustedIssuer);
    }

    [Theory]
    [InlineData("claims.sub == \"orders-svc\"", true)]
    [InlineData("claims.missing == 1 || claims.sub.startsWith(\"orders\")", true)]
    [InlineData("claims.sub == \"other\"", false)]
    [InlineData("claims.missing == 1", false)]
    [InlineData("claims.sub", false)]
    [InlineData("claims.sub ==", false)]
    public async Task A_pool_takes_whom_its_filter_is_true_for(string filter, bool matches)
    {
        await using var host = await IdentityHost.StartAsync();
        host.Put(new IdentityPool("pool-f", IdentityHost.ProviderId, "F", "", "claims.sub", filter));

        if (matches)
        {
            Assert.Equal(["User:pool-f"], (await host.AcceptsAsync(host.Token(), "pool-f")).Principals);
        }
        else
        {
            await host.RefusesAsync(host.Token(), RefusalRule.NoPoolMatches, "pool-f");
        }
    }

    [Fact]
    public async Task A_changed_filter_counts_for_the_next_request_of_a_token_seen_before()
    {
        await using var host = await IdentityHost.StartAsync();
        var pool = new IdentityPool("pool-f", IdentityHost.ProviderId, "F", "", "claims.sub", "true");
        host.Put(pool);
        var token = host.Token();
        await host.AcceptsAsync(token, "pool-f");

        host.Put(pool with { Filter = "false" });

        await host.RefusesAsync(token, RefusalRule.NoPoolMatches, "pool-f");
    }

    [Fact]
    public async Task A_providers_other_issuer_counts_as_the_provider()
    {
        await using var host = await IdentityHost.StartAsync();
        host.Change(provider => provider with
        {
            Issuer = "https://login.example.com/v2",
            OtherIssuers = [new TrustedIssuer(host.Issuer.Issuer, host.Issuer.JwksUri)],
        });

        var caller = await host.AcceptsAsync(host.Token());

        Assert.Equal((IdentityHost.ProviderId, "User:pool-all"), (caller.ProviderId, caller.Principals[0]));
    }
}
