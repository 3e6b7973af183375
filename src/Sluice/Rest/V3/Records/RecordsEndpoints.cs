using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Sluice.Http;
using Sluice.Identity;
using Sluice.SchemaRegistry;

namespace Sluice.Rest.V3.Records;

// Records
//   POST /topics/{topic_name}/records   Produce   200, then one report for each record, in order, each followed by CR LF
// The body is concatenated JSON objects: one, or a stream that the client keeps open. Errors of a record are in its report, not in the status.
// Before the first record: 401, 404 cluster, 406, 415, 422/42206 empty body.
// Differs from the proxy: unknown topic is reported at once as 40403 (there: 40401 after a minute); the cluster id is checked.

internal static class RecordsEndpoints
{
    public static RouteGroupBuilder MapRecords(this RouteGroupBuilder cluster)
    {
        // The stream is bounded record by record, not as a whole.
        cluster.MapPost("/topics/{topic_name}/records", ProduceAsync).WithMetadata(new DisableRequestSizeLimitAttribute());
        return cluster;
    }

    private static async Task ProduceAsync(HttpContext context, ClusterRequest request, ProduceSettings settings, SchemaRegistryAccess registry, TimeProvider time)
    {
        if (!MediaTypes.IsJson(context.Request))
        {
            await ErrorResult.WriteAsync(context, Errors.UnsupportedMediaType);
            return;
        }

        if (!TryReadCharset(context))
        {
            await ErrorResult.WriteAsync(context, Errors.BadRequest("Bad Request: the charset of records must be UTF-8 or ISO-8859-1."));
            return;
        }

        // A stream may be idle for as long as it likes: its life has its own limit.
        if (context.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } requestRate)
        {
            requestRate.MinDataRate = null;
        }

        if (context.Features.Get<IHttpMinResponseDataRateFeature>() is { } responseRate)
        {
            responseRate.MinDataRate = null;
        }

        var topic = (string)context.GetRouteValue("topic_name")!;
        var caller = context.Features.GetRequiredFeature<Caller>();
        var stream = new ProduceStream(request.Cluster, request.ClusterId, topic, caller.Expires, settings, registry.Catalog, time);
        await stream.RunAsync(context);
    }

    /// <summary>Records are read as UTF-8; Latin 1 is turned into it on the way.</summary>
    /// <returns>False for any other charset.</returns>
    private static bool TryReadCharset(HttpContext context)
    {
        if (context.Request.ContentType is null or MediaTypes.Json)
        {
            return true;
        }

        switch (MediaTypes.Charset(context.Request))
        {
            case "" or "utf-8" or "utf8":
                return true;
            case "iso-8859-1" or "latin1":
                context.Request.Body = Encoding.CreateTranscodingStream(context.Request.Body, Encoding.Latin1, Encoding.UTF8);
                return true;
            default:
                return false;
        }
    }
}
