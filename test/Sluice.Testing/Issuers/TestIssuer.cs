using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Sluice.Testing.Issuers;

/// <summary>
/// An issuer on a real socket that can rotate its keys, stall, lie, serve garbage and go away. Its tokens say whatever the test wants.
/// </summary>
public sealed class TestIssuer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _fetches;

    private TestIssuer(WebApplication app) => _app = app;

    /// <summary>The <c>iss</c> of its tokens: its own address, without a trailing slash.</summary>
    public string Issuer => _app.Urls.First();

    public string JwksUri => $"{Issuer}/keys";

    /// <summary>Gives a token for any client id, by client credentials.</summary>
    public string TokenUri => $"{Issuer}/token";

    /// <summary>The key that <see cref="Token(JsonObject, TestKey?)"/> signs with, and the first one published.</summary>
    public TestKey Key { get; set; } = TestKey.First("key-1");

    /// <summary>What the key set holds; null: just <see cref="Key"/>.</summary>
    public IReadOnlyList<JsonNode>? PublishedKeys { get; set; }

    /// <summary>Answers requests for the key set instead of the issuer.</summary>
    public Func<HttpContext, Task>? OnKeys { get; set; }

    /// <summary><c>Cache-Control</c> of the key set.</summary>
    public string? CacheControl { get; set; }

    /// <summary>How often the key set was asked for.</summary>
    public int Fetches => Volatile.Read(ref _fetches);

    /// <summary>How often anything else was asked for.</summary>
    public int OtherRequests { get; private set; }

    public static async Task<TestIssuer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddLogging(logging => logging.ClearProviders());
        var app = builder.Build();
        var issuer = new TestIssuer(app);
        app.Run(issuer.AnswerAsync);
        await app.StartAsync();
        return issuer;
    }

    /// <summary>Claims that make a good access token at <paramref name="now"/>, for the test to change.</summary>
    public JsonObject Claims(DateTimeOffset now, string subject = "orders-svc") => new()
    {
        ["iss"] = Issuer,
        ["sub"] = subject,
        ["aud"] = "kafka-rest",
        ["iat"] = now.ToUnixTimeSeconds(),
        ["exp"] = now.ToUnixTimeSeconds() + 3600,
        ["scope"] = "produce",
    };

    /// <summary>A token with these claims, signed by <paramref name="key"/> or <see cref="Key"/>.</summary>
    public string Token(JsonObject claims, TestKey? key = null)
    {
        key ??= Key;
        return key.Sign(Header(key).ToJsonString(), claims.ToJsonString());
    }

    /// <summary>The usual header for <paramref name="key"/>.</summary>
    public static JsonObject Header(TestKey key) => new() { ["alg"] = key.Algorithm, ["typ"] = "JWT", ["kid"] = key.KeyId };

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        if (context.Request.Path == "/token")
        {
            // Client credentials (RFC 6749 §4.4): whoever asks gets a token for the client id it names.
            var basic = System.Net.Http.Headers.AuthenticationHeaderValue.Parse(context.Request.Headers.Authorization.ToString());
            var client = System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(basic.Parameter!)).Split(':')[0];
            context.Response.ContentType = "application/json";
            var token = Token(Claims(TimeProvider.System.GetUtcNow(), Uri.UnescapeDataString(client)));
            await context.Response.WriteAsync(new JsonObject { ["access_token"] = token, ["token_type"] = "Bearer", ["expires_in"] = 3600 }.ToJsonString());
            return;
        }

        if (context.Request.Path != "/keys")
        {
            OtherRequests++;
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        Interlocked.Increment(ref _fetches);
        if (OnKeys is { } answer)
        {
            await answer(context);
            return;
        }

        await AnswerKeysAsync(context);
    }

    /// <summary>The usual answer.</summary>
    public async Task AnswerKeysAsync(HttpContext context)
    {
        context.Response.ContentType = "application/json";
        if (CacheControl is not null)
        {
            context.Response.Headers.CacheControl = CacheControl;
        }

        var keys = new JsonArray([.. (PublishedKeys ?? [Key.Jwk]).Select(key => key.DeepClone())]);
        await context.Response.WriteAsync(new JsonObject { ["keys"] = keys }.ToJsonString());
    }
}
