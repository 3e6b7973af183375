using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Sluice.Http;
using Sluice.Identity;
using Sluice.SchemaRegistry;

namespace Sluice.Rest.V3.Records;

// Batches of records (the stand-alone proxy's)
//   POST /topics/{topic_name}/records:batch   Produce   207 {"successes","failures"}, also when all succeed or all fail
// {"entries":[{"id", then a record}]}: 422/42208 for what is no batch, 400 or 422 for JSON of the wrong shape in any entry; then nothing is produced.
// What is wrong with the data of one entry, or with storing it, is among the failures, with the codes of records.

internal static class BatchEndpoints
{
    public static RouteGroupBuilder MapRecordBatch(this RouteGroupBuilder cluster)
    {
        cluster.MapPost("/topics/{topic_name}/records:batch", ProduceAsync);
        return cluster;
    }

    private static async Task<IResult> ProduceAsync(
        HttpContext context,
        ClusterRequest request,
        [FromRoute(Name = "topic_name")] string topicName,
        ProduceSettings settings,
        SchemaRegistryAccess registry,
        TimeProvider time)
    {
        var (body, error) = await JsonBody.ReadObjectAsync(
            context, "Request body is empty. Data is required.", settings.MaxRecordJsonBytes, RecordReader.MaxDepth + 4);
        if (!error.IsNone)
        {
            return V3Answers.Error(error);
        }

        (var entries, error) = BatchBody.Read(body, settings.MaxBatchEntries);
        if (!error.IsNone)
        {
            return V3Answers.Error(error);
        }

        var caller = context.Features.GetRequiredFeature<Caller>();
        var stream = new ProduceStream(request.Cluster, request.ClusterId, topicName, caller.Expires, settings, registry.Catalog, time);
        return new BatchResult([.. entries.Select(e => e.Id)], await RunAsync(stream, entries, context.RequestAborted));
    }

    /// <summary>A batch is a stream that is known to its end: the same code produces it, and its reports become the answer.</summary>
    private static async Task<byte[]> RunAsync(ProduceStream stream, IReadOnlyList<BatchEntry> entries, CancellationToken cancellationToken)
    {
        var inner = new DefaultHttpContext { RequestAborted = cancellationToken };
        using var records = new MemoryStream();
        using var reports = new MemoryStream();
        foreach (var entry in entries)
        {
            records.Write(entry.Record.Span);
        }

        records.Position = 0;
        inner.Request.Body = records;
        inner.Response.Body = reports;
        await stream.RunAsync(inner);
        await inner.Response.BodyWriter.FlushAsync(cancellationToken);
        return reports.ToArray();
    }
}
