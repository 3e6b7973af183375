using Sluice.Http;
using Sluice.Kafka;
using Sluice.Kafka.Configs;
using Sluice.Rest.V3.Configs;

namespace Sluice.Rest.V3.TopicConfigs;

// Configs of several topics at once
//   POST /topics/-/configs:alter   IncrementalAlterConfigs   204; 207 {"failures"} when some topics failed at the broker
//        404 (40403 for a topic) for the whole call when a topic or a config is unknown; 422/42206 without a body

internal static class AlterTopicsEndpoints
{
    public static RouteGroupBuilder MapAlterTopics(this RouteGroupBuilder cluster)
    {
        cluster.MapPost("/topics/-/configs:alter", AlterAsync);
        return cluster;
    }

    private static async Task<IResult> AlterAsync(HttpContext context, ClusterRequest request, CancellationToken cancellationToken)
    {
        var (body, error) = await JsonBody.ReadObjectAsync(context, "Null input provided. Data is required.");
        if (!error.IsNone)
        {
            return V3Answers.Error(error);
        }

        (var topics, var validateOnly, error) = AlterTopicsBody.Read(body);
        error = error.IsNone ? await CheckKnownAsync(request, topics, cancellationToken) : error;
        if (!error.IsNone)
        {
            return V3Answers.Error(error);
        }

        var work = topics.Where(t => t.Changes.Count > 0).ToArray();
        var results = work.Length == 0
            ? []
            : await request.Cluster.AlterConfigsAsync(
                [.. work.Select(t => new ConfigAlteration(ConfigResource.Topic(t.Topic), t.Changes))], validateOnly, cancellationToken);
        return Answer(context, [.. work.Zip(results, (t, result) => (t.Topic, result)).Where(t => !t.result.IsSuccess)]);
    }

    private static async Task<GatewayError> CheckKnownAsync(
        ClusterRequest request, IReadOnlyList<(string Topic, IReadOnlyList<ConfigChange> Changes)> topics, CancellationToken cancellationToken)
    {
        var found = await request.Cluster.DescribeConfigsAsync([.. topics.Select(t => ConfigResource.Topic(t.Topic))], cancellationToken);
        for (var i = 0; i < topics.Count; i++)
        {
            if (!found[i].TryGet(out var entries, out var missing))
            {
                return KafkaErrors.ToGateway(missing);
            }

            var unknown = ConfigAnswers.CheckKnown(entries, topics[i].Changes, ConfigOwner.Topic(topics[i].Topic, request.Links));
            if (!unknown.IsNone)
            {
                return unknown;
            }
        }

        return default;
    }

    private static IResult Answer(HttpContext context, IReadOnlyList<(string Topic, KafkaResult<Done> Result)> failed)
    {
        if (failed.Count == 0)
        {
            return TypedResults.NoContent();
        }

        context.Response.StatusCode = StatusCodes.Status207MultiStatus;
        var failures = failed.Select(f => (f.Topic, Error: KafkaErrors.ToGateway(f.Result.Error)))
            .Select(f => new AlterTopicFailureBody(f.Topic, f.Error.Code, f.Error.Message));
        return V3Answers.Ok(new AlterTopicsFailuresBody([.. failures]), WireJson.Default.AlterTopicsFailuresBody);
    }
}
