using Microsoft.AspNetCore.Mvc;
using Sluice.Kafka;
using Sluice.Rest.V3.Configs;

namespace Sluice.Rest.V3.TopicConfigs;

// Topic configs
//   GET    /topics/{topic_name}/configs          DescribeConfigs           404/40403 unknown topic
//   GET    /topics/{topic_name}/configs/{name}   DescribeConfigs           404 unknown config
//   PUT    /topics/{topic_name}/configs/{name}   IncrementalAlterConfigs   204; a null value is Kafka's to refuse (400/40002)
//   DELETE /topics/{topic_name}/configs/{name}   IncrementalAlterConfigs   204
//   POST   /topics/{topic_name}/configs:alter    IncrementalAlterConfigs   204, all or nothing; validate_only
//   GET    /topics/-/configs                     Metadata + DescribeConfigs   topics by name, without internal ones
// Differs from the proxy: a config given twice is 422/42206; topics whose configs the caller may not see are left out of the last (there: 403 for all).

internal static class TopicConfigsEndpoints
{
    public static RouteGroupBuilder MapTopicConfigs(this RouteGroupBuilder cluster)
    {
        cluster.MapGet("/topics/{topic_name}/configs", ListAsync);
        cluster.MapGet("/topics/{topic_name}/configs/{name}", GetAsync);
        cluster.MapPut("/topics/{topic_name}/configs/{name}", SetAsync);
        cluster.MapDelete("/topics/{topic_name}/configs/{name}", ResetAsync);
        cluster.MapPost("/topics/{topic_name}/configs:alter", AlterAsync);
        cluster.MapGet("/topics/-/configs", ListAllAsync);
        return cluster;
    }

    private static Task<IResult> ListAsync(
        ClusterRequest request, [FromRoute(Name = "topic_name")] string topicName, CancellationToken cancellationToken) =>
        ConfigAnswers.ListAsync(request, ConfigOwner.Topic(topicName, request.Links), cancellationToken);

    private static Task<IResult> GetAsync(
        ClusterRequest request, [FromRoute(Name = "topic_name")] string topicName, string name, CancellationToken cancellationToken) =>
        ConfigAnswers.GetAsync(request, ConfigOwner.Topic(topicName, request.Links), name, cancellationToken);

    private static Task<IResult> SetAsync(
        HttpContext context,
        ClusterRequest request,
        [FromRoute(Name = "topic_name")] string topicName,
        string name,
        CancellationToken cancellationToken) =>
        ConfigAnswers.SetAsync(context, request, ConfigOwner.Topic(topicName, request.Links), name, cancellationToken);

    private static Task<IResult> ResetAsync(
        ClusterRequest request, [FromRoute(Name = "topic_name")] string topicName, string name, CancellationToken cancellationToken) =>
        ConfigAnswers.ResetAsync(request, ConfigOwner.Topic(topicName, request.Links), name, cancellationToken);

    private static Task<IResult> AlterAsync(
        HttpContext context, ClusterRequest request, [FromRoute(Name = "topic_name")] string topicName, CancellationToken cancellationToken) =>
        ConfigAnswers.AlterAsync(context, request, ConfigOwner.Topic(topicName, request.Links), cancellationToken);

    private static async Task<IResult> ListAllAsync(ClusterRequest request, CancellationToken cancellationToken)
    {
        var listed = await request.Cluster.ListTopicsAsync(includeAuthorizedOperations: false, cancellationToken);
        if (!listed.TryGet(out var topics, out var error))
        {
            return V3Answers.Error(error);
        }

        var owners = topics.Where(t => !t.IsInternal).Select(t => ConfigOwner.Topic(t.Name, request.Links)).ToArray();
        var found = await request.Cluster.DescribeConfigsAsync([.. owners.Select(o => o.Resource)], cancellationToken);
        var bodies = new List<ConfigBody>();
        for (var i = 0; i < owners.Length; i++)
        {
            if (found[i].TryGet(out var entries, out error))
            {
                bodies.AddRange(entries.Select(e => ConfigBody.From(e, owners[i])));
            }
            else if (error.Code is not (KafkaErrorCode.TopicAuthorizationFailed or KafkaErrorCode.UnknownTopicOrPartition))
            {
                return V3Answers.Error(error);
            }
        }

        return V3Answers.Ok(
            ListBody<ConfigBody>.Of("KafkaTopicConfigList", $"{request.Links.Cluster}/topics/-/configs", bodies),
            WireJson.Default.ListBodyConfigBody);
    }
}
