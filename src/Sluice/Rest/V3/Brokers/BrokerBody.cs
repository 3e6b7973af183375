using Sluice.Kafka.Brokers;

namespace Sluice.Rest.V3.Brokers;

internal sealed record BrokerBody(
    string Kind,
    ResourceMetadata Metadata,
    string ClusterId,
    int BrokerId,
    string? Host,
    int? Port,
    string? Rack,
    Relationship Configs,
    Relationship PartitionReplicas)
{
    public static BrokerBody From(Broker broker, Links links)
    {
        var self = links.Broker(broker.Id);
        return new BrokerBody(
            "KafkaBroker",
            new ResourceMetadata(self, links.BrokerCrn(broker.Id)),
            links.ClusterId,
            broker.Id,
            broker.Host,
            broker.Port,
            broker.Rack,
            new Relationship($"{self}/configs"),
            new Relationship($"{self}/partition-replicas"));
    }
}
