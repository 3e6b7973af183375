using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;
using Sluice.Testing;

namespace Sluice.Tests.Rest.V3;

/// <summary>Who is let in, over HTTP: every refusal has its status, its <c>error_code</c> and its challenge.</summary>
public sealed class AuthenticationTests(GatewayFixture fixture) : IClassFixture<GatewayFixture>
{
    private readonly GatewayHost _gateway = fixture.Gateway;

    private string Topics => $"{_gateway.Cluster}/topics";

    [Fact]
    public async Task No_credentials_answer_401_with_both_challenges_and_no_error()
    {
        var answer = await SendAsync(authorization: null, _gateway.Info.PoolId);

        Assert.Equal((401, 401), (answer.Status, answer.ErrorCode));
        Assert.Contains(answer.Headers.WwwAuthenticate, c => c.Scheme == "Bearer");
        Assert.Contains(answer.Headers.WwwAuthenticate, c => c.Scheme == "Basic");
        Assert.DoesNotContain("error", answer.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_administrators_key_is_let_in_and_a_wrong_secret_is_401()
    {
        var good = await SendAsync(GatewayHost.Basic(_gateway.Info.ApiKey, _gateway.Info.ApiSecret).ToString(), pool: null);
        var wrong = await SendAsync(GatewayHost.Basic(_gateway.Info.ApiKey, "wrong").ToString(), pool: null);

        Assert.Equal(200, good.Status);
        Assert.Equal((401, 40101), (wrong.Status, wrong.ErrorCode));
    }

    [Theory]
    [InlineData("signature")]
    [InlineData("payload")]
    [InlineData("unsigned")]
    [InlineData("hs256")]
    [InlineData("wrong-key")]
    [InlineData("wrong-issuer")]
    [InlineData("garbage")]
    public async Task A_token_that_the_provider_did_not_sign_is_401_invalid_token(string kind)
    {
        var parts = (await _gateway.TokenAsync()).Split('.');
        var header = JsonNode.Parse(Base64UrlEncoder.Decode(parts[0]))!;
        var payload = JsonNode.Parse(Base64UrlEncoder.Decode(parts[1]))!;
        using var key = RSA.Create(2048);
        var token = kind switch
        {
            "signature" => $"{parts[0]}.{parts[1]}.{Flip(parts[2])}",
            "payload" => $"{parts[0]}.{Encode(With(payload, "sub", "somebody"))}.{parts[2]}",
            "unsigned" => $"{Encode(With(header, "alg", "none"))}.{parts[1]}.",
            "hs256" => Signed(With(header, "alg", "HS256"), payload, text => HMACSHA256.HashData(Encoding.UTF8.GetBytes("secret"), text)),
            "wrong-key" => Signed(header, payload, text => key.SignData(text, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)),
            "wrong-issuer" => Signed(header, With(payload, "iss", "https://issuer.example"), text => key.SignData(text, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)),
            _ => "not.a.token",
        };

        var answer = await SendAsync($"Bearer {token}", _gateway.Info.PoolId);

        Assert.Equal((401, 40101), (answer.Status, answer.ErrorCode));
        Assert.Contains("error=\"invalid_token\"", answer.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pool-other")]
    [InlineData("POOL-DEV")]
    public async Task A_pool_that_the_token_does_not_belong_to_is_403_insufficient_scope(string pool)
    {
        var answer = await SendAsync($"Bearer {await _gateway.TokenAsync()}", pool);

        Assert.Equal((403, 40301), (answer.Status, answer.ErrorCode));
        Assert.Contains("insufficient_scope", answer.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_header_every_pool_that_matches_counts()
    {
        var answer = await SendAsync($"Bearer {await _gateway.TokenAsync()}", pool: null);

        Assert.Equal(200, answer.Status);
    }

    [Fact]
    public async Task A_pool_whose_filter_is_false_is_403_and_one_whose_filter_is_true_lets_in_at_once()
    {
        var pools = $"/iam/v2/identity-providers/{_gateway.Info.ProviderId}/identity-pools";
        var no = await CreatePoolAsync(pools, "claims.sub == 'somebody-else' || claims.missing == 1");
        var yes = await CreatePoolAsync(pools, "claims.sub.startsWith('dev-') && 'kafka' in claims.scp");

        var refused = await SendAsync($"Bearer {await _gateway.TokenAsync()}", no);
        var letIn = await SendAsync($"Bearer {await _gateway.TokenAsync()}", yes);

        Assert.Equal((403, 40301), (refused.Status, refused.ErrorCode));
        Assert.Equal(200, letIn.Status);
    }

    [Theory]
    [InlineData("Bearer")]
    [InlineData("Digest abc")]
    [InlineData("Bearer a b")]
    public async Task A_malformed_authorization_header_is_refused(string authorization)
    {
        var answer = await SendAsync(authorization, _gateway.Info.PoolId);

        Assert.Contains(answer.Status, new[] { 400, 401 });
        Assert.NotEmpty(answer.Headers.WwwAuthenticate);
    }

    private static string Flip(string signature) => signature[..20] + (signature[20] == 'A' ? 'B' : 'A') + signature[21..];

    private static JsonNode With(JsonNode node, string name, string value)
    {
        var copy = node.DeepClone();
        copy[name] = value;
        return copy;
    }

    private static string Encode(JsonNode node) => Base64UrlEncoder.Encode(node.ToJsonString());

    private static string Signed(JsonNode header, JsonNode payload, Func<byte[], byte[]> sign)
    {
        var text = $"{Encode(header)}.{Encode(payload)}";
        return $"{text}.{Base64UrlEncoder.Encode(sign(Encoding.ASCII.GetBytes(text)))}";
    }

    private async Task<string> CreatePoolAsync(string pools, string filter)
    {
        var body = new JsonObject { ["display_name"] = "t", ["description"] = "t", ["identity_claim"] = "claims.sub", ["filter"] = filter };
        using var request = new HttpRequestMessage(HttpMethod.Post, pools) { Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json") };
        request.Headers.Authorization = GatewayHost.Basic(_gateway.Info.ApiKey, _gateway.Info.ApiSecret);
        var answer = await _gateway.SendAsync(request);
        Assert.Equal(201, answer.Status);
        return answer.Json.GetProperty("id").GetString()!;
    }

    private async Task<Answer> SendAsync(string? authorization, string? pool)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Topics);
        if (authorization is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        if (pool is not null)
        {
            request.Headers.Add("Confluent-Identity-Pool-Id", pool);
        }

        return await _gateway.SendAsync(request);
    }
}
