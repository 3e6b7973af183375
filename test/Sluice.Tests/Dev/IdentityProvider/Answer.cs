using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Sluice.Tests.Dev.IdentityProvider;

/// <summary>An HTTP answer, read whole.</summary>
internal sealed record Answer(int Status, string Body, IReadOnlyDictionary<string, string> Headers)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    public string? Error => Json.GetProperty("error").GetString();

    public string? Description => Json.GetProperty("error_description").GetString();

    public string Token => Json.GetProperty("access_token").GetString()!;

    /// <summary>The token's header as it was written.</summary>
    public JsonElement TokenHeader => Part(0);

    /// <summary>The token's payload as it was written.</summary>
    public JsonElement TokenPayload => Part(1);

    public static async Task<Answer> ReadAsync(HttpResponseMessage response)
    {
        var headers = response.Headers.Concat(response.Content.Headers)
            .ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);
        return new Answer((int)response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), headers);
    }

    public async Task<TokenValidationResult> ValidateAsync(ProviderHost host, Uri jwksUri, string issuer, string audience)
    {
        var keys = JsonWebKeySet.Create(await host.Http.GetStringAsync(jwksUri, TestContext.Current.CancellationToken));
        return await new JsonWebTokenHandler().ValidateTokenAsync(Token, new TokenValidationParameters
        {
            ValidIssuer = issuer,
            ValidAudience = audience,
            IssuerSigningKeys = keys.GetSigningKeys(),
            ValidAlgorithms = ["RS256"],
        });
    }

    private JsonElement Part(int index) => JsonDocument.Parse(Base64UrlEncoder.DecodeBytes(Token.Split('.')[index])).RootElement;
}
