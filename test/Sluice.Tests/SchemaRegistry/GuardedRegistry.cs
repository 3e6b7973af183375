using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;
using Sluice.Testing;

namespace Sluice.Tests.SchemaRegistry;

/// <summary>As much of a Schema Registry as a look-up of the latest version needs, behind Basic auth, TLS and client certificates.</summary>
internal sealed class GuardedRegistry : IAsyncDisposable
{
    public const string User = "sluice";
    public const string Password = "registry:secret";

    private readonly WebApplication _app;

    private GuardedRegistry(WebApplication app) => _app = app;

    public string Url => _app.Urls.First();

    /// <summary>What requests carried in <c>Authorization</c>.</summary>
    public System.Collections.Concurrent.ConcurrentBag<string> Seen { get; } = [];

    /// <param name="certificate">Null: plain HTTP.</param>
    /// <param name="issuer">Sent along with it.</param>
    /// <param name="wantsClientCertificate">Whether a client must show one; any will do.</param>
    public static async Task<GuardedRegistry> StartAsync(X509Certificate2? certificate = null, X509Certificate2? issuer = null, bool wantsClientCertificate = false)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen =>
        {
            if (certificate is not null)
            {
                listen.UseHttps(new HttpsConnectionAdapterOptions
                {
                    ServerCertificate = certificate,
                    ServerCertificateChain = issuer is null ? null : [issuer],
                    ClientCertificateMode = wantsClientCertificate ? ClientCertificateMode.RequireCertificate : ClientCertificateMode.NoCertificate,
                    ClientCertificateValidation = static (_, _, _) => true,
                });
            }
        }));
        var registry = new GuardedRegistry(builder.Build());
        registry._app.MapGet("/apis/ccompat/v7/subjects/{subject}/versions/latest", (HttpContext context, string subject) =>
        {
            registry.Seen.Add(context.Request.Headers.Authorization.ToString());
            return context.Request.Headers.Authorization == GatewayHost.Basic(User, Password).ToString()
                ? Results.Json(new { subject, id = 7, version = 3, schemaType = "AVRO", schema = "\"int\"" })
                : Results.Json(new { error_code = 40101, message = "User cannot be authenticated" }, statusCode: 401);
        });
        await registry._app.StartAsync();
        return registry;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
