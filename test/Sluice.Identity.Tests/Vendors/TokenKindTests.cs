using System.Text.Json.Nodes;
using Sluice.State;

namespace Sluice.Identity.Tests.Vendors;

/// <summary>Access tokens of every vendor are accepted, and nothing else that the same keys sign.</summary>
public sealed class TokenKindTests
{
    private static readonly TokenKind[] Accepted = [.. AccessTokens.All, .. WorkloadTokens.All];

    public static TheoryData<string> AcceptedNames() => [.. Accepted.Select(kind => kind.Name)];

    public static TheoryData<string> RefusedNames() => [.. OtherTokens.All.Select(kind => kind.Name)];

    public static TheoryData<string> UnmarkedNames() => [.. OtherTokens.Unmarked.Select(kind => kind.Name)];

    [Theory]
    [MemberData(nameof(AcceptedNames))]
    public async Task An_access_token_is_accepted_whether_or_not_its_audience_is_expected(string name)
    {
        var kind = Accepted.Single(kind => kind.Name == name);
        await using var host = await StartAsync(kind);

        await host.AcceptsAsync(Token(host, kind));

        if (Audience(kind) is { } audience)
        {
            Expect(host, audience);
            await host.AcceptsAsync(Token(host, kind));
        }

        Expect(host, "somebody-else");
        await host.RefusesAsync(Token(host, kind), RefusalRule.WrongAudience);
    }

    [Theory]
    [MemberData(nameof(RefusedNames))]
    public async Task Another_kind_of_token_is_refused_for_its_reason_even_when_its_audience_is_expected(string name)
    {
        var kind = OtherTokens.All.Single(kind => kind.Name == name);
        await using var host = await StartAsync(kind);

        await host.RefusesAsync(Token(host, kind), kind.Rule!.Value);

        if (Audience(kind) is { } audience)
        {
            Expect(host, audience);
            await host.RefusesAsync(Token(host, kind), kind.Rule.Value);
        }
    }

    [Theory]
    [MemberData(nameof(UnmarkedNames))]
    public async Task An_ID_token_without_marks_is_told_by_its_audience_alone(string name)
    {
        var kind = OtherTokens.Unmarked.Single(kind => kind.Name == name);
        await using var host = await StartAsync(kind);

        await host.AcceptsAsync(Token(host, kind));

        Expect(host, "kafka-rest");
        await host.RefusesAsync(Token(host, kind), RefusalRule.WrongAudience);
    }

    [Theory]
    [MemberData(nameof(AcceptedNames))]
    public async Task A_provider_of_RFC_9068_takes_only_what_has_its_type(string name)
    {
        var kind = Accepted.Single(kind => kind.Name == name);
        await using var host = await StartAsync(kind);
        host.Change(provider => provider with { RequireAccessTokenType = true });

        if (kind.Header.Contains("at+jwt", StringComparison.OrdinalIgnoreCase))
        {
            await host.AcceptsAsync(Token(host, kind));
        }
        else
        {
            await host.RefusesAsync(Token(host, kind), RefusalRule.NotAnAccessToken);
        }
    }

    private static async Task<IdentityHost> StartAsync(TokenKind kind)
    {
        var host = await IdentityHost.StartAsync();
        host.Change(provider => provider with { Issuer = kind.Issuer });
        host.Put(new IdentityPool(IdentityHost.PoolId, IdentityHost.ProviderId, "", "", kind.Identity, "true"));
        return host;
    }

    private static void Expect(IdentityHost host, string audience) => host.Change(provider => provider with { ExpectedAudiences = [audience] });

    private static string? Audience(TokenKind kind) => JsonNode.Parse(kind.Claims)!["aud"] switch
    {
        JsonArray { Count: 0 } or null => null,
        JsonArray several => (string?)several[^1],
        var one => (string?)one,
    };

    private static string Token(IdentityHost host, TokenKind kind)
    {
        var claims = new JsonObject
        {
            ["iss"] = kind.Issuer,
            ["iat"] = host.Now.ToUnixTimeSeconds(),
            ["exp"] = host.Now.ToUnixTimeSeconds() + 3600,
        };
        foreach (var (name, value) in JsonNode.Parse(kind.Claims)!.AsObject())
        {
            claims.Remove(name);
            if (value is not null || name is not ("iss" or "iat" or "exp"))
            {
                claims[name] = value?.DeepClone();
            }
        }

        var header = JsonNode.Parse(kind.Header)!.AsObject();
        header["alg"] = host.Issuer.Key.Algorithm;
        header["kid"] = host.Issuer.Key.KeyId;
        return host.Issuer.Key.Sign(header.ToJsonString(), claims.ToJsonString());
    }
}
