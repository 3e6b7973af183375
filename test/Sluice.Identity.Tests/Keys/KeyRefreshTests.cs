using Microsoft.AspNetCore.Http;
using Sluice.Identity.Keys;
using Sluice.Testing.Issuers;

namespace Sluice.Identity.Tests.Keys;

/// <summary>Attacks 86 to 89, 92 and 93: when keys are fetched, and what holds when they cannot be.</summary>
public sealed class KeyRefreshTests
{
    [Theory]
    [InlineData(null, 86_400)]
    [InlineData("max-age=0", 300)]
    [InlineData("max-age=3600, no-store", 300)]
    [InlineData("no-cache, max-age=3600", 300)]
    [InlineData("public, max-age=7200, must-revalidate, max-age=3600", 7200)]
    [InlineData("max-age=60", 300)]
    [InlineData("max-age=3600", 3600)]
    [InlineData("public, max-age=3600, must-revalidate", 3600)]
    [InlineData("MAX-AGE=\"3600\"", 3600)]
    [InlineData("max-age=99999999", 604_800)]
    [InlineData("max-age=99999999999999999999999", 604_800)]
    [InlineData("max-age=-1", 300)]
    [InlineData("max-age=abc", 300)]
    [InlineData("max-age", 300)]
    [InlineData("no-store", 300)]
    [InlineData("no-cache", 300)]
    [InlineData("public", 86_400)]
    public async Task Keys_are_refreshed_when_the_providers_max_age_within_the_limits_has_passed(string? cacheControl, int seconds)
    {
        await using var host = await IdentityHost.StartAsync();
        host.Issuer.CacheControl = cacheControl;
        await host.AcceptsAsync(host.Token());
        Assert.Equal(1, host.Issuer.Fetches);

        // Spread over ±10 %, inside the limits.
        host.Time.Advance(TimeSpan.FromSeconds((seconds * 0.9) - 1) is var early && early < TimeSpan.FromSeconds(299) ? TimeSpan.FromSeconds(299) : early);
        await host.SettleAsync();
        Assert.Equal(1, host.Issuer.Fetches);

        host.Time.Advance(TimeSpan.FromSeconds((seconds * 0.2) + 2));
        await host.SettleAsync(fetches: 2);
        Assert.Equal(2, host.Issuer.Fetches);
    }

    [Fact]
    public void The_spread_stays_within_ten_percent_and_the_limits()
    {
        for (var i = 0; i < 1000; i++)
        {
            Assert.InRange(KeyLifetime.Jittered(TimeSpan.FromHours(10)), TimeSpan.FromHours(9), TimeSpan.FromHours(11));
            Assert.InRange(KeyLifetime.Jittered(KeyLifetime.Least), KeyLifetime.Least, KeyLifetime.Least * 1.1);
            Assert.InRange(KeyLifetime.Jittered(KeyLifetime.Most), KeyLifetime.Most * 0.9, KeyLifetime.Most);
        }
    }

    [Fact]
    public async Task Attack_86_ten_thousand_unknown_kids_cause_at_most_two_fetches()
    {
        await using var host = await IdentityHost.StartAsync();
        var claims = host.Claims().ToJsonString();
        var payload = TestKey.Encode(claims);

        await Parallel.ForAsync(0, 10_000, TestContext.Current.CancellationToken, async (i, _) =>
        {
            var token = $"{TestKey.Encode($$"""{"alg":"RS256","kid":"random-{{i}}"}""")}.{payload}.{TestKey.Encode(new byte[256])}";
            var outcome = await host.CheckAsync(token);
            Assert.Equal(RefusalRule.UnknownKey, outcome.Refusal?.Rule);
        });

        Assert.InRange(host.Issuer.Fetches, 1, 2);
    }

    [Fact]
    public async Task An_unknown_kid_is_looked_for_again_after_the_interval_and_not_before()
    {
        await using var host = await IdentityHost.StartAsync();
        await host.AcceptsAsync(host.Token());
        var unknown = host.Issuer.Token(host.Claims(), TestKey.Rsa("unknown"));

        await host.RefusesAsync(unknown, RefusalRule.UnknownKey);
        await host.RefusesAsync(unknown, RefusalRule.UnknownKey);
        Assert.Equal(2, host.Issuer.Fetches);

        host.Time.Advance(TimeSpan.FromSeconds(29));
        await host.RefusesAsync(unknown, RefusalRule.UnknownKey);
        Assert.Equal(2, host.Issuer.Fetches);

        host.Time.Advance(TimeSpan.FromSeconds(2));
        await host.RefusesAsync(unknown, RefusalRule.UnknownKey);
        Assert.Equal(3, host.Issuer.Fetches);
    }

    [Fact]
    public async Task Many_requests_that_wait_for_the_first_keys_share_one_fetch()
    {
        await using var host = await IdentityHost.StartAsync();
        var release = new TaskCompletionSource();
        host.Issuer.OnKeys = async context =>
        {
            await release.Task;
            await host.Issuer.AnswerKeysAsync(context);
        };

        var waiting = Enumerable.Range(0, 50).Select(i => host.CheckAsync(host.Token(claims => claims["jti"] = $"{i}"))).ToArray();
        release.SetResult();

        Assert.All(await Task.WhenAll(waiting), outcome => Assert.NotNull(outcome.Caller));
        Assert.Equal(1, host.Issuer.Fetches);
    }

    [Fact]
    public async Task Attack_88_a_new_key_is_accepted_at_once_and_a_removed_one_until_the_refresh_that_lacks_it()
    {
        await using var host = await IdentityHost.StartAsync();
        var old = host.Token();
        await host.AcceptsAsync(old);

        host.Issuer.Key = TestKey.Rsa("key-2");
        await host.AcceptsAsync(host.Token());

        // That refresh was the one that no longer lists the old key: remembered or not, its tokens are refused.
        await host.RefusesAsync(old, RefusalRule.UnknownKey);
        await host.RefusesAsync(host.Issuer.Token(host.Claims("x"), TestKey.First("key-1")), RefusalRule.UnknownKey);
    }

    [Fact]
    public async Task A_refresh_by_hand_brings_the_keys_of_now_even_when_older_ones_are_on_their_way()
    {
        await using var host = await IdentityHost.StartAsync();
        await host.AcceptsAsync(host.Token());
        var old = host.Issuer.Key.Jwk.DeepClone().ToJsonString();
        var asked = new TaskCompletionSource();
        var released = new TaskCompletionSource();
        host.Issuer.OnKeys = async context =>
        {
            if (asked.TrySetResult())
            {
                await released.Task;
                context.Response.ContentType = "application/json";
                await context.Response.WriteAsync($$"""{"keys":[{{old}}]}""");
                return;
            }

            await host.Issuer.AnswerKeysAsync(context);
        };
        var first = host.RefreshKeysAsync();
        await asked.Task;
        host.Issuer.Key = TestKey.Rsa("key-2");

        var second = host.RefreshKeysAsync();
        released.SetResult();
        await Task.WhenAll(first, second);

        Assert.Equal("key-2", Assert.Single(host.Get<IProviderKeys>().StatusOf(IdentityHost.ProviderId)!.Keys).KeyId);
    }

    [Fact]
    public async Task A_removed_key_is_refused_for_remembered_tokens_after_a_refresh_by_hand()
    {
        await using var host = await IdentityHost.StartAsync();
        var token = host.Token();
        await host.AcceptsAsync(token);
        host.Issuer.PublishedKeys = [TestKey.Rsa("key-2").Jwk];

        await host.AcceptsAsync(token);
        await host.RefreshKeysAsync();

        await host.RefusesAsync(token, RefusalRule.UnknownKey);
    }

    public static TheoryData<string> Breakages() => ["500", "404", "HTML", "redirect to loopback", "redirect to metadata", "100 MiB", "wrong content type", "empty keys", "no keys", "invalid JSON", "array", "hangs up"];

    [Theory]
    [MemberData(nameof(Breakages))]
    public async Task Attack_87_a_broken_key_set_leaves_the_old_keys_and_503_only_when_there_are_none(string breakage)
    {
        await using var cached = await IdentityHost.StartAsync();
        await cached.AcceptsAsync(cached.Token());
        Break(cached.Issuer, breakage);
        await cached.RefreshKeysAsync();
        await cached.AcceptsAsync(cached.Token(claims => claims["jti"] = "new"));

        await using var fresh = await IdentityHost.StartAsync();
        Break(fresh.Issuer, breakage);
        var refusal = await fresh.RefusesAsync(fresh.Token(), RefusalRule.KeysUnavailable);

        Assert.True(refusal.RetryAfter > TimeSpan.Zero);
        Assert.Equal(503, fresh.Get<RefusalAnswers>().For(refusal).Status);
        Assert.Equal(0, fresh.Issuer.OtherRequests);
    }

    [Fact]
    public async Task Attack_87_a_slow_key_set_is_given_up_after_five_seconds()
    {
        await using var host = await IdentityHost.StartAsync();
        var arrived = new TaskCompletionSource();
        host.Issuer.OnKeys = async context =>
        {
            arrived.TrySetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        };

        var waiting = host.CheckAsync(host.Token());
        await arrived.Task.WaitAsync(TestContext.Current.CancellationToken);
        host.Time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(RefusalRule.KeysUnavailable, (await waiting).Refusal?.Rule);
    }

    [Fact]
    public async Task A_request_with_an_unknown_kid_waits_two_seconds_for_a_slow_refresh_and_is_then_judged_by_the_old_keys()
    {
        await using var host = await IdentityHost.StartAsync();
        await host.AcceptsAsync(host.Token());
        var arrived = new TaskCompletionSource();
        host.Issuer.OnKeys = async context =>
        {
            arrived.TrySetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        };

        var waiting = host.CheckAsync(host.Issuer.Token(host.Claims(), TestKey.Rsa("unknown")));
        await arrived.Task.WaitAsync(TestContext.Current.CancellationToken);
        host.Time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(RefusalRule.UnknownKey, (await waiting).Refusal?.Rule);
        await host.AcceptsAsync(host.Token(claims => claims["jti"] = "meanwhile"));
    }

    [Fact]
    public async Task Keys_that_cannot_be_refreshed_are_used_until_the_limit_and_no_longer()
    {
        await using var host = await IdentityHost.StartAsync();
        host.Issuer.CacheControl = "max-age=3600";
        await host.AcceptsAsync(host.Token());
        host.Issuer.OnKeys = context => Fail(context, 500);

        // 1 h, spread, and then 24 h more.
        host.Time.Advance(TimeSpan.FromHours(24.8));
        await host.AcceptsAsync(host.Token());

        host.Time.Advance(TimeSpan.FromHours(0.5));
        await host.RefusesAsync(host.Token(), RefusalRule.KeysUnavailable);

        host.Issuer.OnKeys = null;
        host.Time.Advance(TimeSpan.FromMinutes(2));
        await host.SettleAsync();
        await host.AcceptsAsync(host.Token());
    }

    [Fact]
    public async Task After_a_failure_a_provider_is_asked_again_after_a_while_not_by_every_request()
    {
        await using var host = await IdentityHost.StartAsync();
        host.Issuer.OnKeys = context => Fail(context, 500);

        for (var i = 0; i < 20; i++)
        {
            await host.RefusesAsync(host.Token(claims => claims["jti"] = $"{i}"), RefusalRule.KeysUnavailable);
        }

        Assert.Equal(1, host.Issuer.Fetches);
        host.Issuer.OnKeys = null;
        host.Time.Advance(TimeSpan.FromSeconds(1.1));
        await host.SettleAsync(fetches: 2);
        await host.AcceptsAsync(host.Token());
    }

    [Fact]
    public async Task Attack_92_a_changed_issuer_or_key_set_counts_for_tokens_seen_before()
    {
        await using var host = await IdentityHost.StartAsync();
        await using var other = await TestIssuer.StartAsync();
        other.Key = TestKey.Rsa("key-1");
        var token = host.Token();
        await host.AcceptsAsync(token);
        var before = host.State;

        host.Change(provider => provider with { Issuer = "https://issuer.example" });
        await host.RefusesAsync(token, RefusalRule.UntrustedIssuer);

        host.State = before;
        host.Change(provider => provider with { JwksUri = other.JwksUri });
        await host.RefusesAsync(token, RefusalRule.BadSignature);

        host.State = before;
        host.Change(provider => provider with { ExpectedAudiences = ["another"] });
        await host.RefusesAsync(token, RefusalRule.WrongAudience);

        host.State = before;
        host.Change(provider => provider with { AllowedAlgorithms = ["ES256"] });
        await host.RefusesAsync(token, RefusalRule.ForbiddenAlgorithm);

        host.State = before with { IdentityProviders = before.IdentityProviders.Clear() };
        await host.RefusesAsync(token, RefusalRule.UntrustedIssuer);
    }

    [Fact]
    public async Task Attack_93_a_clock_that_jumps_back_lets_nothing_old_in_and_starts_no_refresh()
    {
        await using var host = await IdentityHost.StartAsync();
        var token = host.Token();
        await host.AcceptsAsync(token);

        host.Time.AdjustTime(host.Now.AddDays(-1));
        await host.RefusesAsync(token, RefusalRule.NotYetValid);
        Assert.Equal(1, host.Issuer.Fetches);

        host.Time.AdjustTime(host.Now.AddDays(1));
        await host.AcceptsAsync(token);
        host.Time.AdjustTime(host.Now.AddHours(2));
        await host.RefusesAsync(token, RefusalRule.Expired);
    }

    [Fact]
    public async Task The_first_hundred_usable_keys_are_kept()
    {
        await using var host = await IdentityHost.StartAsync();
        host.Issuer.PublishedKeys = [.. Enumerable.Range(0, 120).Select(i => TestKey.First($"key-{i}").Jwk)];

        await host.AcceptsAsync(host.Issuer.Token(host.Claims(), TestKey.First("key-99")));
        await host.RefusesAsync(host.Issuer.Token(host.Claims(), TestKey.First("key-100")), RefusalRule.UnknownKey);
    }

    private static void Break(TestIssuer issuer, string breakage) => issuer.OnKeys = breakage switch
    {
        "500" => context => Fail(context, 500),
        "404" => context => Fail(context, 404),
        "HTML" => context => Body(context, "text/html", "<html></html>"),
        "redirect to loopback" => context => Redirect(context, $"{issuer.Issuer}/elsewhere"),
        "redirect to metadata" => context => Redirect(context, "http://169.254.169.254/latest/meta-data"),
        "100 MiB" => FloodAsync,
        "wrong content type" => context => Body(context, "application/octet-stream", """{"keys":[]}"""),
        "empty keys" => context => Body(context, "application/json", """{"keys":[]}"""),
        "no keys" => context => Body(context, "application/json", "{}"),
        "invalid JSON" => context => Body(context, "application/json", "{\"keys\":["),
        "array" => context => Body(context, "application/json", "[]"),
        _ => HangUp,
    };

    private static Task HangUp(HttpContext context)
    {
        context.Abort();
        return Task.CompletedTask;
    }

    private static async Task FloodAsync(HttpContext context)
    {
        context.Response.ContentType = "application/json";
        var chunk = new byte[64 * 1024];
        for (var i = 0; i < 1600 && !context.RequestAborted.IsCancellationRequested; i++)
        {
            await context.Response.Body.WriteAsync(chunk, context.RequestAborted);
        }
    }

    private static Task Fail(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    private static Task Redirect(HttpContext context, string to)
    {
        context.Response.Redirect(to);
        return Task.CompletedTask;
    }

    private static Task Body(HttpContext context, string type, string body)
    {
        context.Response.ContentType = type;
        return context.Response.WriteAsync(body);
    }
}
