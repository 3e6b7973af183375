using Microsoft.Extensions.Primitives;
using Sluice.State;

namespace Sluice.Identity.Tests.Attacks;

/// <summary>Attacks 61 to 73: the pool header and filters.</summary>
public sealed class PoolAttacks
{
    [Theory]
    [InlineData("61 unknown", "pool-nobody")]
    [InlineData("61 of another provider", "pool-other")]
    [InlineData("62 upper case", "POOL-ALL")]
    [InlineData("filter false", "pool-false")]
    [InlineData("filter that does not compile", "pool-broken")]
    public async Task A_pool_that_cannot_be_used_looks_like_one_that_does_not_match(string attack, string pool)
    {
        await using var host = await IdentityHost.StartAsync();
        host.Put(new IdentityProvider("op-other", "Other", "", "https://other.example", "https://other.example/keys"));
        host.Put(new IdentityPool("pool-other", "op-other", "", "", "claims.sub", "true"));
        Put(host, "pool-false", "false");
        Put(host, "pool-broken", "claims.sub ==");

        var refusal = await host.RefusesAsync(host.Token(), RefusalRule.NoPoolMatches, pool);
        var unknown = await host.RefusesAsync(host.Token(), RefusalRule.NoPoolMatches, "pool-nothing");

        Assert.True(refusal.Detail.Replace(pool, "pool-nothing", StringComparison.Ordinal) == unknown.Detail, attack);
    }

    [Fact]
    public async Task Attack_61_72_a_deleted_pool_is_gone_for_tokens_seen_before()
    {
        await using var host = await IdentityHost.StartAsync();
        Put(host, "pool-gone", "true");
        var token = host.Token();
        await host.AcceptsAsync(token, "pool-gone");

        host.State = host.State with { IdentityPools = host.State.IdentityPools.Remove("pool-gone") };

        await host.RefusesAsync(token, RefusalRule.NoPoolMatches, "pool-gone");
    }

    [Theory]
    [InlineData("62 empty", "")]
    [InlineData("62 spaces", "   ")]
    [InlineData("62 commas", ",,,")]
    [InlineData("62 space inside", "pool all")]
    [InlineData("62 CRLF", "pool-all\r\nX-Injected: 1")]
    [InlineData("62 not ASCII", "pool-ällé")]
    [InlineData("62 slash", "../pool-all")]
    [InlineData("62 quotes", "\"pool-all\"")]
    [InlineData("62 semicolon", "pool-all;pool-b")]
    public async Task A_malformed_pool_header_is_an_invalid_request(string attack, string header)
    {
        await using var host = await IdentityHost.StartAsync();

        var outcome = await host.CheckAsync(host.Token(), header);

        Assert.True(outcome.Refusal?.Rule == RefusalRule.MalformedRequest, $"{attack}: {outcome}");
    }

    [Fact]
    public async Task Attack_62_more_pools_than_may_be_named_are_an_invalid_request_and_duplicates_collapse()
    {
        await using var host = await IdentityHost.StartAsync();

        await host.RefusesAsync(host.Token(), RefusalRule.MalformedRequest, string.Join(',', Enumerable.Range(0, 1000).Select(i => $"pool-{i}")));
        await host.RefusesAsync(host.Token(), RefusalRule.MalformedRequest, string.Join(',', Enumerable.Range(0, 11).Select(i => $"pool-{i}")));
        var caller = await host.AcceptsAsync(host.Token(), string.Join(", ", Enumerable.Repeat("pool-all", 500)));

        Assert.Equal(["User:pool-all"], caller.Principals);
        Assert.Equal("orders-svc", caller.ExternalIdentity);
    }

    [Fact]
    public async Task Attack_62_two_fields_count_as_one_list()
    {
        await using var host = await IdentityHost.StartAsync();
        Put(host, "pool-b", "true");

        var outcome = await host.PresentAsync(new PresentedCredentials($"Bearer {host.Token()}", new StringValues(["pool-all", "pool-b"])));

        Assert.Equal(["User:pool-all", "User:pool-b"], outcome.Caller!.Principals);
    }

    [Fact]
    public async Task Attack_64_of_two_named_pools_only_the_matching_one_counts()
    {
        await using var host = await IdentityHost.StartAsync();
        Put(host, "pool-no", "claims.sub == 'nobody'");

        Assert.Equal(["User:pool-all"], (await host.AcceptsAsync(host.Token(), "pool-no,pool-all,pool-unknown")).Principals);
    }

    [Fact]
    public async Task Attack_65_automatic_mapping_takes_every_pool_that_matches_or_refuses()
    {
        await using var host = await IdentityHost.StartAsync();
        host.Change(provider => provider with { IdentityClaim = "claims.scope" });
        Put(host, "pool-b", "claims.aud == 'kafka-rest'");
        Put(host, "pool-no", "claims.sub == 'nobody'");

        var caller = await host.AcceptsAsync(host.Token(), pools: null);
        Assert.Equal(["User:pool-all", "User:pool-b"], caller.Principals);
        Assert.Equal("produce", caller.ExternalIdentity);

        host.State = host.State with { IdentityPools = host.State.IdentityPools.Remove("pool-all").Remove("pool-b") };
        await host.RefusesAsync(host.Token(), RefusalRule.NoPoolMatches, pools: null);
    }

    [Fact]
    public async Task Who_names_the_caller_depends_on_how_its_pools_were_found()
    {
        await using var host = await IdentityHost.StartAsync();
        host.Put(new IdentityPool("pool-all", IdentityHost.ProviderId, "", "", "claims.aud", "true"));
        Put(host, "pool-b", "true");

        // One named: the pool's. Several, or none named: the provider's, which is sub when it has none.
        Assert.Equal("kafka-rest", (await host.AcceptsAsync(host.Token(), "pool-all")).ExternalIdentity);
        Assert.Equal("orders-svc", (await host.AcceptsAsync(host.Token(), "pool-all,pool-b")).ExternalIdentity);
        Assert.Equal("orders-svc", (await host.AcceptsAsync(host.Token(), pools: null)).ExternalIdentity);
    }

    [Theory]
    [InlineData("66 missing claim", "claims.missing == 'x'")]
    [InlineData("66 type mismatch", "claims.exp.startsWith('1')")]
    [InlineData("66 not a boolean", "claims.sub")]
    [InlineData("66 division by zero", "1 / 0 == 1")]
    [InlineData("66 index out of range", "[1][5] == 1")]
    [InlineData("66 overflow", "9223372036854775807 + int(claims.iat) == 1")]
    [InlineData("67 a string against an array", "claims.groups == 'writers'")]
    [InlineData("67 in a string", "'kafka' in claims.aud")]
    public async Task A_filter_that_fails_or_gives_no_boolean_matches_nobody(string attack, string filter)
    {
        await using var host = await IdentityHost.StartAsync();
        Put(host, "pool-f", filter);
        var token = host.Token(claims => claims["groups"] = new System.Text.Json.Nodes.JsonArray("writers"));

        var outcome = await host.CheckAsync(token, "pool-f");

        Assert.True(outcome.Refusal?.Rule == RefusalRule.NoPoolMatches, $"{attack}: {outcome}");
    }

    [Fact]
    public async Task Attack_68_a_catastrophic_pattern_on_a_long_claim_costs_little()
    {
        await using var host = await IdentityHost.StartAsync();
        Put(host, "pool-f", "claims.long.matches('^(a+)+$')");

        await host.RefusesAsync(host.Token(claims => claims["long"] = new string('a', 5000) + "!"), RefusalRule.NoPoolMatches, "pool-f");
    }

    [Fact]
    public async Task Attack_69_odd_claim_names_are_names()
    {
        await using var host = await IdentityHost.StartAsync();
        Put(host, "pool-f", """claims.__proto__ == 'p' && claims.constructor == 'c' && claims['a.b'] == 'd' && claims[''] == 'e' && !has(claims.toString)""");

        await host.AcceptsAsync(
            host.Token(claims =>
            {
                claims["__proto__"] = "p";
                claims["constructor"] = "c";
                claims["a.b"] = "d";
                claims[""] = "e";
            }),
            "pool-f");
    }

    [Fact]
    public async Task Attack_70_a_claim_that_looks_like_a_filter_stays_data()
    {
        await using var host = await IdentityHost.StartAsync();
        Put(host, "pool-f", "claims.team == \"orders\"");

        await host.RefusesAsync(host.Token(claims => claims["team"] = "\" || true || \""), RefusalRule.NoPoolMatches, "pool-f");
    }

    [Fact]
    public async Task The_old_rule_that_a_pool_must_be_named_is_a_setting()
    {
        await using var host = await IdentityHost.StartAsync(options => options.RequirePoolHeader = true);

        await host.RefusesAsync(host.Token(), RefusalRule.NoPoolMatches, pools: null);
        await host.AcceptsAsync(host.Token());

        // The client is told, since nothing about the token is wrong.
        var refusal = (await host.CheckAsync(host.Token(), null)).Refusal!;
        Assert.Equal(
            (403, 40301, "The request must name an identity pool in Confluent-Identity-Pool-Id."),
            host.Get<RefusalAnswers>().For(refusal) is var answer ? (answer.Status, answer.ErrorCode, answer.Message) : default);
    }

    [Fact]
    public async Task A_provider_with_more_pools_than_are_mapped_needs_the_header()
    {
        await using var host = await IdentityHost.StartAsync(options => options.MaxMappedPools = 1);
        Put(host, "pool-b", "true");

        await host.RefusesAsync(host.Token(), RefusalRule.NoPoolMatches, pools: null);
        await host.AcceptsAsync(host.Token());

        // The client is told, since nothing about the token is wrong.
        var refusal = (await host.CheckAsync(host.Token(), null)).Refusal!;
        Assert.Equal(
            (403, 40301, "The request must name an identity pool in Confluent-Identity-Pool-Id."),
            host.Get<RefusalAnswers>().For(refusal) is var answer ? (answer.Status, answer.ErrorCode, answer.Message) : default);
    }

    private static void Put(IdentityHost host, string id, string filter) => host.Put(new IdentityPool(id, IdentityHost.ProviderId, "", "", "claims.sub", filter));
}
