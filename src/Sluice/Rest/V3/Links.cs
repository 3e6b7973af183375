namespace Sluice.Rest.V3;

/// <summary>
/// Absolute URLs and resource names in bodies, spelled in one place. Path segments are not percent-encoded, as clients of the Cloud see them.
/// </summary>
/// <param name="Base">Scheme, authority and prefix, such as <c>https://gateway:8082/kafka/v3</c>.</param>
/// <param name="ClusterId">As the request's path has it.</param>
internal readonly record struct Links(string Base, string ClusterId)
{
    public string Cluster => $"{Base}/clusters/{ClusterId}";

    public string ClusterCrn => $"crn:///kafka={ClusterId}";

    public static Links For(HttpContext context, string clusterId)
    {
        var request = context.Request;
        var path = request.Path.Value!;
        var prefix = path.StartsWith("/kafka/", StringComparison.Ordinal) ? "/kafka/v3" : "/v3";
        return new Links($"{request.Scheme}://{request.Host}{request.PathBase}{prefix}", clusterId);
    }

    public string Broker(int broker) => $"{Cluster}/brokers/{broker}";

    public string BrokerCrn(int broker) => $"{ClusterCrn}/broker={broker}";

    public string Topic(string topic) => $"{Cluster}/topics/{topic}";

    public string TopicCrn(string topic) => $"{ClusterCrn}/topic={topic}";

    public string Partition(string topic, int partition) => $"{Topic(topic)}/partitions/{partition}";

    public string PartitionCrn(string topic, int partition) => $"{TopicCrn(topic)}/partition={partition}";

    public string Reassignments(string topic) => $"{Topic(topic)}/partitions/-/reassignment";
}
