using Sluice.Kafka.Topics;

namespace Sluice.Rest.V3.Replicas;

internal sealed record ReplicaBody(
    string Kind,
    ResourceMetadata Metadata,
    string ClusterId,
    string TopicName,
    int PartitionId,
    int BrokerId,
    bool IsLeader,
    bool IsInSync,
    Relationship Broker)
{
    public static ReplicaBody From(string topic, PartitionDescription partition, int broker, Links links) => new(
        "KafkaReplica",
        new ResourceMetadata(
            $"{links.Partition(topic, partition.Id)}/replicas/{broker}", $"{links.PartitionCrn(topic, partition.Id)}/replica={broker}"),
        links.ClusterId,
        topic,
        partition.Id,
        broker,
        partition.Leader == broker,
        partition.InSyncReplicas.Contains(broker),
        new Relationship(links.Broker(broker)));
}
