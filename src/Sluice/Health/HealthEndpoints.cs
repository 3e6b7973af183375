using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Sluice.Health;

// Health, for orchestrators; for everybody, so it names no address and no error
//   GET /healthz   200 while the process answers: restart it when it does not
//   GET /readyz    200 while at least one cluster answers and lets its ACLs be read (Degraded when not all do), 503 when none does: send requests elsewhere

internal static class HealthEndpoints
{
    public static void AddGatewayHealth(this IServiceCollection services) =>
        services.AddHealthChecks().AddCheck<ClustersCheck>("clusters");

    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapHealthChecks("/healthz", new HealthCheckOptions { Predicate = static _ => false, ResponseWriter = WriteAsync });
        app.MapHealthChecks("/readyz", new HealthCheckOptions { ResponseWriter = WriteAsync });
    }

    private static async Task WriteAsync(HttpContext context, HealthReport report)
    {
        context.Response.ContentType = "application/json";
        using var body = new MemoryStream();
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WriteString("status", report.Status.ToString());
            foreach (var (name, entry) in report.Entries)
            {
                json.WriteStartObject(name);
                foreach (var (part, state) in entry.Data)
                {
                    json.WriteString(part, state.ToString());
                }

                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        await context.Response.Body.WriteAsync(body.ToArray(), context.RequestAborted);
    }
}
