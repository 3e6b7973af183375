using System.Text.Encodings.Web;
using System.Text.Json;
using Scalar.AspNetCore;
using Sluice.OpenApi.Operations;

namespace Sluice.OpenApi;

// The gateway's description of itself; for everybody
//   GET /openapi.json   OpenAPI 3.1: every route, body, error, example
//   GET /docs           the same to read and try, with Scalar; its scripts are served from here, nothing is fetched from elsewhere

internal static class OpenApiEndpoints
{
    public const string DocumentPath = "/openapi.json";

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Describes what is mapped when the document is first asked for: call it where you like.</summary>
    public static void MapOpenApiDocument(this WebApplication app)
    {
        var document = new Lazy<byte[]>(() => Write(((IEndpointRouteBuilder)app).DataSources.SelectMany(static source => source.Endpoints)));
        app.MapGet(DocumentPath, () => TypedResults.Bytes(document.Value, "application/json"));
        app.MapScalarApiReference("/docs", static options =>
        {
            options.Title = "Sluice";
            options.OpenApiRoutePattern = DocumentPath;
            options.DefaultFonts = false;
            options.Telemetry = false;

            // Nothing on the page leads to anybody else's service.
            options.ShowDeveloperTools = DeveloperToolsVisibility.Never;
            options.HideClientButton = true;
            options.Agent = new ScalarAgentOptions { Disabled = true };
            options.Mcp = new ScalarMcpOptions { Disabled = true };
        }).ExcludeFromDescription();
    }

    private static byte[] Write(IEnumerable<Endpoint> endpoints) =>
        JsonSerializer.SerializeToUtf8Bytes(new DocumentBuilder(Catalog.Surfaces).Build(endpoints), Readable);
}
