using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;
using Sluice.State;

namespace Sluice.Identity.Tests.Samples;

/// <summary>What real providers issue: access tokens are accepted at their instant, bound ones with their proof only, and nothing else is.</summary>
public sealed class SamplesTests
{
    // Only the provider's expected audiences tell these from access tokens: there is nothing in them but iss, sub, aud, iat and exp.
    private static readonly string[] ToldByAudienceOnly = ["oidc-provider-9.13.3/id-token", "oidc-provider-9.13.3/userinfo-jwt"];

    private static readonly Dictionary<string, RefusalRule> Reasons = new(StringComparer.Ordinal)
    {
        ["keycloak-26.7.3/alg-hs256"] = RefusalRule.ForbiddenAlgorithm,
        ["keycloak-26.7.3/refresh-token"] = RefusalRule.ForbiddenAlgorithm,
        ["keycloak-26.7.3/userinfo-jwt"] = RefusalRule.BadClaim,
        ["oidc-provider-9.13.3/alg-hs256"] = RefusalRule.ForbiddenAlgorithm,
        ["oidc-provider-9.13.3/claims-collide"] = RefusalRule.NotBound,
        ["oidc-provider-9.13.3/id-token"] = RefusalRule.WrongAudience,
        ["oidc-provider-9.13.3/introspection-jwt"] = RefusalRule.NotAnAccessToken,
        ["oidc-provider-9.13.3/opaque-no-resource"] = RefusalRule.MalformedToken,
        ["oidc-provider-9.13.3/userinfo-jwt"] = RefusalRule.WrongAudience,
    };

    public static TheoryData<string> Names() => [.. Sample.Ours().Select(sample => sample.ToString())];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_recorded_sample_is_accepted_or_refused_for_its_reason(string name) =>
        await JudgeAsync(Sample.Ours().Single(sample => sample.ToString() == name));

    [Fact]
    public async Task Every_sample_in_SLUICE_TEST_IDP_SAMPLES_is_judged_by_its_kind()
    {
        var directory = Environment.GetEnvironmentVariable("SLUICE_TEST_IDP_SAMPLES");
        Assert.SkipWhen(string.IsNullOrEmpty(directory), "Set SLUICE_TEST_IDP_SAMPLES to a directory of recorded samples of identity providers.");

        var count = 0;
        foreach (var sample in Sample.In(directory!))
        {
            await JudgeAsync(sample);
            count++;
        }

        Assert.NotEqual(0, count);
    }

    private static async Task JudgeAsync(Sample sample)
    {
        await using var host = await IdentityHost.StartAsync(start: sample.ValidAt);
        host.Issuer.PublishedKeys = sample.Keys;
        host.Change(provider => provider with
        {
            Issuer = sample.Issuer,
            ExpectedAudiences = ToldByAudienceOnly.Contains(sample.ToString()) ? ["kafka-rest"] : [],
        });

        // The subject may be absent, so the pool names callers by another claim.
        host.Put(new IdentityPool("pool-sample", IdentityHost.ProviderId, "Sample", "", HasSubject(sample.Token) ? "claims.sub" : "claims.azp", "true"));

        var outcome = await host.PresentAsync(sample.WithProofs("pool-sample"));
        if (Reasons.TryGetValue(sample.ToString(), out var rule))
        {
            Assert.True(outcome.Refusal?.Rule == rule, $"{sample}: {outcome.Refusal} {outcome.Caller}");
            return;
        }

        Assert.True(sample.IsAccessToken == (outcome.Caller is not null), $"{sample}, a {sample.Kind}: {outcome.Refusal} {outcome.Caller}");
        if (sample.Dpop is not null || sample.Certificate is not null)
        {
            var bare = await host.CheckAsync(sample.Token, "pool-sample");
            Assert.True(bare.Refusal?.Rule == RefusalRule.NotBound, $"{sample} without proof: {bare.Refusal} {bare.Caller}");
        }
    }

    private static bool HasSubject(string token) =>
        token.Split('.') is not [_, var payload, _] || JsonDocument.Parse(Encoding.UTF8.GetString(Base64UrlEncoder.DecodeBytes(payload))).RootElement.TryGetProperty("sub", out _);
}
