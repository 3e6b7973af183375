using System.Text.Json.Nodes;
using Sluice.Identity.Explain;
using Sluice.Identity.Tokens;
using Sluice.Testing.Issuers;

namespace Sluice.Identity.Tests.Explain;

/// <summary>What is wrong with a token is said once for each check, and nothing else about that check.</summary>
public sealed class TokenExplainerTests
{
    public static TheoryData<string, TokenCheck> Faults() => new()
    {
        { """{"iss":"https://nobody.example"}""", TokenCheck.Issuer },
        { """{"exp":1}""", TokenCheck.Times },
        { """{"nbf":99999999999}""", TokenCheck.Times },
        { """{"at_hash":"h"}""", TokenCheck.Kind },
        { """{"sub":7}""", TokenCheck.Subject },
        { """{"aud":{}}""", TokenCheck.Audience },
        { """{"aud":"others"}""", TokenCheck.Audience },
        { """{"jti":"stolen"}""", TokenCheck.DenyList },
        { """{"cnf":{}}""", TokenCheck.Binding },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_check_that_fails_is_not_said_to_have_passed_as_well(string fault, TokenCheck check)
    {
        await using var host = await StartAsync();
        var token = host.Token(claims => Merge(claims, fault));

        await AssertFailsAsync(host, token, check);
    }

    [Theory]
    [InlineData("""{"alg":"none"}""", TokenCheck.Algorithm)]
    [InlineData("""{"alg":"HS256"}""", TokenCheck.Algorithm)]
    [InlineData("""{"typ":"logout+jwt"}""", TokenCheck.Type)]
    [InlineData("""{"kid":"another"}""", TokenCheck.Key)]
    public async Task Nor_is_one_of_the_header(string fault, TokenCheck check)
    {
        await using var host = await StartAsync();
        var header = TestIssuer.Header(host.Issuer.Key);
        Merge(header, fault);

        await AssertFailsAsync(host, host.Issuer.Key.Sign(header.ToJsonString(), host.Claims().ToJsonString()), check);
    }

    [Fact]
    public async Task An_algorithm_that_this_provider_may_not_use_is_one_failure()
    {
        await using var host = await StartAsync();
        host.Change(provider => provider with { AllowedAlgorithms = ["ES256"] });

        await AssertFailsAsync(host, host.Token(), TokenCheck.Algorithm);
    }

    [Fact]
    public async Task Of_a_token_with_everything_wrong_each_check_is_told_once()
    {
        await using var host = await StartAsync();
        var claims = host.Claims();
        Merge(claims, """{"exp":1,"at_hash":"h","sub":7,"aud":5,"jti":"stolen","cnf":5}""");
        var token = TestKey.Rsa("key-1").Sign("""{"alg":"RS256","kid":"key-1","typ":"logout+jwt"}""", claims.ToJsonString());

        var explained = await AssertFailsAsync(
            host, token, TokenCheck.Type, TokenCheck.Signature, TokenCheck.Times, TokenCheck.Kind, TokenCheck.Subject, TokenCheck.Audience, TokenCheck.DenyList, TokenCheck.Binding);

        Assert.Equal(RefusalRule.NotAnAccessToken, explained.Refusal!.Rule);
        Assert.False(explained.IsAuthentic);
    }

    private static async Task<TokenExplanation> AssertFailsAsync(IdentityHost host, string token, params TokenCheck[] failed)
    {
        var explained = await host.Get<ITokenExplainer>().ExplainAsync(token, IdentityHost.PoolId, TestContext.Current.CancellationToken);

        Assert.False(explained.IsAccepted);
        Assert.Equal(Enum.GetValues<TokenCheck>(), explained.Checks.Select(one => one.Check));
        var found = explained.Checks.Where(one => one.Outcome == CheckOutcome.Failed).Select(one => one.Check).Where(one => one < TokenCheck.Pools);
        Assert.Equal(failed, found);
        return explained;
    }

    private static async Task<IdentityHost> StartAsync()
    {
        var host = await IdentityHost.StartAsync(options => options.DeniedTokenIds.Add("stolen"));
        host.Change(provider => provider with { ExpectedAudiences = ["kafka-rest"] });
        return host;
    }

    private static void Merge(JsonObject into, string more)
    {
        foreach (var (name, value) in JsonNode.Parse(more)!.AsObject())
        {
            into[name] = value?.DeepClone();
        }
    }
}
