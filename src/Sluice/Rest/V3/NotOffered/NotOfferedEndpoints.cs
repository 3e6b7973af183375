using Sluice.Http;

namespace Sluice.Rest.V3.NotOffered;

// What Confluent Server has and plain Kafka has not: cluster links and mirror topics, removal and balancing of brokers, replica status, cells
//   GET → 404, everything else → 405: as the stand-alone proxy answers for an endpoint that is switched off

internal static class NotOfferedEndpoints
{
    private static readonly string[] Paths =
    [
        "/links",
        "/links/{link_name}",
        "/links/{link_name}/configs",
        "/links/{link_name}/configs/{config_name}",
        "/links/{link_name}/configs:alter",
        "/links/-/mirrors",
        "/links/{link_name}/mirrors",
        "/links/{link_name}/mirrors/{mirror_topic_name}",
        "/links/{link_name}/mirrors:promote",
        "/links/{link_name}/mirrors:failover",
        "/links/{link_name}/mirrors:pause",
        "/links/{link_name}/mirrors:resume",
        "/links/{link_name}/mirrors:reverse-and-start-mirror",
        "/links/{link_name}/mirrors:reverse-and-pause-mirror",
        "/links/{link_name}/mirrors:promote-local-and-start-remote-mirror",
        "/links/{link_name}/mirrors:promote-local-and-pause-remote-mirror",
        "/links/{link_name}/mirrors:truncate-and-restore",
        "/brokers:delete",
        "/brokers/{broker_id}:unregister",
        "/brokers/-/tasks",
        "/brokers/-/tasks/{task_type}",
        "/brokers/{broker_id}/tasks",
        "/brokers/{broker_id}/tasks/{task_type}",
        "/remove-broker-tasks",
        "/remove-broker-tasks/{broker_id}",
        "/balancer",
        "/balancer/any-uneven-load",
        "/broker-replica-exclusions",
        "/broker-replica-exclusions/{broker_id}",
        "/broker-replica-exclusions:create",
        "/broker-replica-exclusions:delete",
        "/topics/-/partitions/-/replica-status",
        "/topics/{topic_name}/partitions/-/replica-status",
        "/topics/{topic_name}/partitions/{partition_id}/replica-status",
        "/cells",
    ];

    public static RouteGroupBuilder MapNotOffered(this RouteGroupBuilder cluster)
    {
        foreach (var path in Paths)
        {
            cluster.Map(path, Refuse).ExcludeFromDescription();
        }

        // Its GET is elsewhere. Routing would answer 405 by itself, were there not the path with ":unregister" that looks the same to it.
        cluster.MapMethods("/brokers/{broker_id:int}", ["DELETE", "PATCH", "POST", "PUT"], Refuse).ExcludeFromDescription();
        return cluster;
    }

    private static IResult Refuse(HttpRequest request) =>
        V3Answers.Error(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) ? Errors.NotFound : Errors.MethodNotAllowed);
}
