using Sluice.Kafka.Brokers;

namespace Sluice.Rest.V3.Clusters;

internal sealed record ClusterBody(
    string Kind,
    ResourceMetadata Metadata,
    string ClusterId,
    Relationship? Controller,
    Relationship Acls,
    Relationship Brokers,
    Relationship BrokerConfigs,
    Relationship ConsumerGroups,
    Relationship Topics,
    Relationship PartitionReassignments)
{
    public static ClusterBody From(ClusterDescription cluster, Links links) => new(
        "KafkaCluster",
        new ResourceMetadata(links.Cluster, links.ClusterCrn),
        links.ClusterId,
        cluster.ControllerId is { } id ? new Relationship(links.Broker(id)) : null,
        new Relationship($"{links.Cluster}/acls"),
        new Relationship($"{links.Cluster}/brokers"),
        new Relationship($"{links.Cluster}/broker-configs"),
        new Relationship($"{links.Cluster}/consumer-groups"),
        new Relationship($"{links.Cluster}/topics"),
        new Relationship(links.Reassignments("-")));
}
