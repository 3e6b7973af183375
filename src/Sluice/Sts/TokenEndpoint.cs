using System.Globalization;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Sluice.ControlPlane;
using Sluice.Identity;

namespace Sluice.Sts;

// Token exchange (RFC 8693): an external token for one of this gateway's, which acts as one identity pool
//   POST /sts/v1/oauth2/token                         200; 400 whatever is wrong with the request or the token, 503 the provider's keys are not there
//   GET  /sts/v1/oauth2/keys                          the keys that sign, as a JWK Set
//   GET  /sts/v1/.well-known/openid-configuration     where both are
// No credentials: the subject token is the credential.

internal static class TokenEndpoint
{
    public const string Path = "/sts/v1/oauth2/token";
    public const string KeysPath = "/sts/v1/oauth2/keys";
    public const string DiscoveryPath = "/sts/v1/.well-known/openid-configuration";

    private const string ExchangeGrant = "urn:ietf:params:oauth:grant-type:token-exchange";
    private const string AccessTokenType = "urn:ietf:params:oauth:token-type:access_token";
    private const string JwtType = "urn:ietf:params:oauth:token-type:jwt";
    private const int MaxFormBytes = 256 * 1024;

    public static void MapTokenExchange(this IEndpointRouteBuilder app)
    {
        app.MapPost(Path, ExchangeAsync);
        app.MapGet(KeysPath, Keys);
        app.MapGet(DiscoveryPath, Discovery);
    }

    private static async Task<IResult> ExchangeAsync(
        ControlRequest request, IAuthenticator external, RefusalAnswers answers, GatewayTokens tokens, IOptions<StsOptions> options, TimeProvider time)
    {
        if (await ReadFormAsync(request.Context) is not { } form)
        {
            return ControlAnswers.Error(ControlErrors.InvalidParameter(
                "grant_type", "The token exchange takes a form: Content-Type application/x-www-form-urlencoded, at most 256 KiB."));
        }

        var problems = new List<ControlError>();
        Fixed(form, "grant_type", ExchangeGrant, problems);
        Fixed(form, "subject_token_type", JwtType, problems);
        Fixed(form, "requested_token_type", AccessTokenType, problems);
        var subject = Required(form, "subject_token", problems);
        var pool = Required(form, "identity_pool_id", problems);
        if (pool.Contains(',', StringComparison.Ordinal))
        {
            problems.Add(ControlErrors.InvalidParameter("identity_pool_id", "identity_pool_id must be one identity pool."));
        }

        var lifetime = Lifetime(form, options.Value, problems);
        if (problems.Count > 0)
        {
            return ControlAnswers.Errors(problems);
        }

        var outcome = await external.AuthenticateAsync(new PresentedCredentials($"Bearer {subject}", pool), request.Aborted);
        if (!outcome.TryGet(out var caller, out var refusal))
        {
            return Refused(request.Context, refusal, answers.For(refusal));
        }

        var state = request.State;
        if (caller.Kind != CallerKind.Pool || !state.IdentityPools.TryGetValue(pool, out var acting)
            || !state.IdentityProviders.TryGetValue(acting.ProviderId, out var provider))
        {
            // The pool went away between the two looks at it.
            return ControlAnswers.Error(ControlErrors.InvalidParameter("identity_pool_id", "The token matches no identity pool that it may act as."));
        }

        // What is made from a token does not outlive it.
        var now = time.GetUtcNow();
        var expires = caller.Expires is { } end && end < now + lifetime ? end : now + lifetime;
        var issuer = Issuer(request.Links);
        var token = tokens.Sign(new OwnClaims
        {
            Issuer = issuer,
            Subject = acting.Id,
            Audience = request.Links.Gateway,
            ClientId = acting.Id,
            IssuedAt = now.ToUnixTimeSeconds(),
            Expires = expires.ToUnixTimeSeconds(),
            Id = Guid.NewGuid().ToString("N"),
            Use = TokenUse.Exchange,
            RestsOn = GatewayTokens.RestsOn(acting, provider),
            ExternalIdentity = caller.ExternalIdentity,
        });
        request.Context.Response.Headers.CacheControl = "no-store";
        var seconds = (int)Math.Max(1, expires.ToUnixTimeSeconds() - now.ToUnixTimeSeconds());
        return ControlAnswers.Ok(new TokenReply(token, AccessTokenType, "Bearer", seconds), ControlJson.Wire.TokenReply);
    }

    private static ContentHttpResult Keys(HttpContext context, GatewayTokens tokens)
    {
        context.Response.Headers.CacheControl = "public, max-age=3600";
        return TypedResults.Text(tokens.Jwks, "application/jwk-set+json");
    }

    private static IResult Discovery(ControlRequest request) => ControlAnswers.Ok(
        new StsDiscovery(Issuer(request.Links), request.Links.Gateway + KeysPath, request.Links.Gateway + Path, [ExchangeGrant], ["RS256"]),
        ControlJson.Wire.StsDiscovery);

    private static string Issuer(ControlLinks links) => links.Gateway + "/sts/v1";

    private static async Task<IFormCollection?> ReadFormAsync(HttpContext context)
    {
        if (context.Request.ContentType is not { } type
            || !type.Split(';')[0].Trim().Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = MaxFormBytes;
        }

        try
        {
            var form = new FormFeature(context.Request, new FormOptions { ValueCountLimit = 64, KeyLengthLimit = 256, ValueLengthLimit = MaxFormBytes });
            return await form.ReadFormAsync(context.RequestAborted);
        }
        catch (Exception e) when (e is InvalidDataException or BadHttpRequestException)
        {
            return null;
        }
    }

    // RFC 6749 §3.2: a parameter without a value counts as left out; none may be there twice.
    private static string Required(IFormCollection form, string name, List<ControlError> problems)
    {
        var values = form[name];
        if (values is [{ Length: > 0 } only])
        {
            return only;
        }

        problems.Add(ControlErrors.InvalidParameter(name, values.Count > 1 ? $"{name} must be there once." : $"{name} is required."));
        return "";
    }

    private static void Fixed(IFormCollection form, string name, string value, List<ControlError> problems)
    {
        if (Required(form, name, problems) is { Length: > 0 } sent && sent != value)
        {
            problems.Add(ControlErrors.InvalidParameter(name, $"{name} must be {value}."));
        }
    }

    private static TimeSpan Lifetime(IFormCollection form, StsOptions options, List<ControlError> problems)
    {
        var most = (int)options.TokenLifetime.TotalSeconds;
        var text = form["expires_in"];
        if (StringValues.IsNullOrEmpty(text))
        {
            return options.TokenLifetime;
        }

        if (!int.TryParse(text.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds < 1 || seconds > most)
        {
            problems.Add(ControlErrors.InvalidParameter("expires_in", $"expires_in must be a whole number of seconds from 1 to {most}."));
            return options.TokenLifetime;
        }

        return TimeSpan.FromSeconds(seconds);
    }

    // RFC 8693 §2.2.2: whatever is wrong with the subject token is an invalid request. The fixed phrases of the data plane say what.
    private static IResult Refused(HttpContext context, Refusal refusal, RefusalAnswer answer)
    {
        var logger = context.RequestServices.GetRequiredService<ILogger<GatewayTokens>>();
        ControlPlane.Log.Refused(logger, refusal.Rule, refusal.Detail, context.TraceIdentifier);
        if (refusal.Rule == RefusalRule.KeysUnavailable)
        {
            context.Response.Headers.RetryAfter = (answer.RetryAfterSeconds ?? 1).ToString(CultureInfo.InvariantCulture);
            return ControlAnswers.Error(new ControlError(503, "unavailable", "Unavailable", answer.Message));
        }

        var parameter = refusal.Rule == RefusalRule.NoPoolMatches ? "identity_pool_id" : "subject_token";
        return ControlAnswers.Error(ControlErrors.InvalidParameter(parameter, $"The token was not exchanged: {answer.Message}"));
    }
}

internal sealed record TokenReply(string AccessToken, string IssuedTokenType, string TokenType, int ExpiresIn);

internal sealed record StsDiscovery(
    string Issuer,
    string JwksUri,
    string TokenEndpoint,
    IReadOnlyList<string> GrantTypesSupported,
    [property: JsonPropertyName("token_endpoint_auth_signing_alg_values_supported")] IReadOnlyList<string> Algorithms);
