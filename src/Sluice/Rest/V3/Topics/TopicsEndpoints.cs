using Microsoft.AspNetCore.Mvc;
using Sluice.Http;

namespace Sluice.Rest.V3.Topics;

// Topics
//   GET    /topics               Metadata          internal topics are left out
//   POST   /topics               CreateTopics      201 + Location; 200 with validate_only; 400/40002 when it exists; 422/42206 bad name
//   GET    /topics/{topic_name}  Metadata          404/40403 when unknown
//   PATCH  /topics/{topic_name}  CreatePartitions  400/40002 when it is not an increase
//   DELETE /topics/{topic_name}  DeleteTopics      204; 404/40403 when unknown
// Differs from the proxy: a config given twice is 422/42206 (there: 500); both spellings of the authorized-operations parameter work on both reads.

internal static class TopicsEndpoints
{
    public static RouteGroupBuilder MapTopics(this RouteGroupBuilder cluster)
    {
        cluster.MapGet("/topics", ListAsync);
        cluster.MapPost("/topics", CreateAsync);
        cluster.MapGet("/topics/{topic_name}", GetAsync);
        cluster.MapPatch("/topics/{topic_name}", AddPartitionsAsync);
        cluster.MapDelete("/topics/{topic_name}", DeleteAsync);
        return cluster;
    }

    private static async Task<IResult> ListAsync(HttpContext context, ClusterRequest request, CancellationToken cancellationToken)
    {
        var listed = await request.Cluster.ListTopicsAsync(WantsOperations(context.Request), cancellationToken);
        return listed.TryGet(out var topics, out var error)
            ? V3Answers.Ok(
                ListBody<TopicBody>.Of(
                    "KafkaTopicList",
                    $"{request.Links.Cluster}/topics",
                    [.. topics.Where(t => !t.IsInternal).Select(t => TopicBody.From(t, request.Links))]),
                WireJson.Default.ListBodyTopicBody)
            : V3Answers.Error(error);
    }

    private static async Task<IResult> CreateAsync(HttpContext context, ClusterRequest request, CancellationToken cancellationToken)
    {
        var (body, error) = await JsonBody.ReadObjectAsync(context, "Request body is empty. Data is required.");
        if (!error.IsNone)
        {
            return V3Answers.Error(error);
        }

        (var topic, error) = CreateTopicBody.Read(body);
        if (!error.IsNone)
        {
            return V3Answers.Error(error);
        }

        var created = await request.Cluster.CreateTopicAsync(topic, cancellationToken);
        if (!created.TryGet(out var made, out var refused))
        {
            return V3Answers.Error(refused);
        }

        var answer = TopicBody.From(topic, made, request.Links);
        if (!topic.ValidateOnly)
        {
            context.Response.StatusCode = StatusCodes.Status201Created;
            context.Response.Headers.Location = answer.Metadata.Self;
        }

        return V3Answers.Ok(answer, WireJson.Default.TopicBody);
    }

    private static async Task<IResult> GetAsync(
        HttpContext context, ClusterRequest request, [FromRoute(Name = "topic_name")] string topicName, CancellationToken cancellationToken)
    {
        var found = await request.Cluster.DescribeTopicAsync(topicName, WantsOperations(context.Request), cancellationToken);
        return found.TryGet(out var topic, out var error)
            ? V3Answers.Ok(TopicBody.From(topic, request.Links), WireJson.Default.TopicBody)
            : V3Answers.Error(error);
    }

    private static async Task<IResult> AddPartitionsAsync(
        HttpContext context, ClusterRequest request, [FromRoute(Name = "topic_name")] string topicName, CancellationToken cancellationToken)
    {
        var (body, error) = await JsonBody.ReadObjectAsync(context, "Request body is empty. Partitions_count is required.");
        if (!error.IsNone)
        {
            return V3Answers.Error(error);
        }

        var fields = new BodyFields(body);
        var count = fields.OptionalInt32("partitions_count");
        error = fields.Finish();
        if (error.IsNone && count is null)
        {
            error = Errors.BadRequest("partitions_count is required and must be a whole number");
        }

        if (!error.IsNone)
        {
            return V3Answers.Error(error);
        }

        var raised = await request.Cluster.CreatePartitionsAsync(topicName, count!.Value, validateOnly: false, cancellationToken);
        return raised.TryGet(out _, out var refused)
            ? await GetAsync(context, request, topicName, cancellationToken)
            : V3Answers.Error(refused);
    }

    private static async Task<IResult> DeleteAsync(
        ClusterRequest request, [FromRoute(Name = "topic_name")] string topicName, CancellationToken cancellationToken)
    {
        var deleted = await request.Cluster.DeleteTopicAsync(topicName, cancellationToken);
        return deleted.TryGet(out _, out var error) ? TypedResults.NoContent() : V3Answers.Error(error);
    }

    /// <summary>The Cloud's spelling and the proxy's; anything but <c>true</c> is false.</summary>
    private static bool WantsOperations(HttpRequest request) =>
        IsTrue(request.Query["include_authorized_operations"]) || IsTrue(request.Query["includeAuthorizedOperations"]);

    private static bool IsTrue(string? value) => string.Equals(value, "true", StringComparison.OrdinalIgnoreCase);
}
