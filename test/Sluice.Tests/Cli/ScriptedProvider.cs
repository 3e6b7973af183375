using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Sluice.Tests.Cli;

/// <summary>An identity provider on a real socket with a discovery document and a token endpoint that remembers what it was sent.</summary>
internal sealed class ScriptedProvider : IAsyncDisposable
{
    // Made once: making one takes seconds on a busy machine.
    private static readonly Sluice.Testing.Issuers.TestKey Key = Sluice.Testing.Issuers.TestKey.Rsa("key-1");

    private readonly WebApplication _app;

    private ScriptedProvider(WebApplication app) => _app = app;

    public string Issuer => $"{_app.Urls.First()}/realms/main";

    public string JwksUri => $"{Issuer}/keys";

    public string TokenUrl => $"{Issuer}/token";

    /// <summary>Changes the discovery document.</summary>
    public Action<JsonObject> OnDiscovery { get; set; } = static _ => { };

    /// <summary>Answers a token request.</summary>
    public Func<HttpContext, IFormCollection, IResult> OnToken { get; set; } = static (_, _) => Results.Json(new { access_token = "a.b.c", token_type = "Bearer", expires_in = 300 });

    /// <summary>The last token request's form.</summary>
    public Dictionary<string, string> Form { get; private set; } = [];

    /// <summary>Its <c>Authorization</c>.</summary>
    public string Authorization { get; private set; } = "";

    public JsonWebToken Assertion => new(Form["client_assertion"]);

    public static async Task<ScriptedProvider> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddLogging(logging => logging.ClearProviders());
        var app = builder.Build();
        var provider = new ScriptedProvider(app);
        app.MapGet("/realms/main/.well-known/openid-configuration", () =>
        {
            var document = new JsonObject { ["issuer"] = provider.Issuer, ["jwks_uri"] = provider.JwksUri, ["token_endpoint"] = provider.TokenUrl };
            provider.OnDiscovery(document);
            return Results.Text(document.ToJsonString(), "application/json");
        });
        app.MapGet("/realms/main/keys", () => Results.Text(
            new JsonObject { ["keys"] = new JsonArray(Key.Jwk.DeepClone()) }.ToJsonString(), "application/json"));
        app.MapPost("/realms/main/token", async (HttpContext context) =>
        {
            var form = await context.Request.ReadFormAsync();
            provider.Form = form.ToDictionary(f => f.Key, f => f.Value.ToString(), StringComparer.Ordinal);
            provider.Authorization = context.Request.Headers.Authorization.ToString();
            return provider.OnToken(context, form);
        });
        await app.StartAsync();
        return provider;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
