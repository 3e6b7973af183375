using System.Globalization;
using Sluice.Kafka.Configs;

namespace Sluice.Rest.V3.Configs;

/// <summary>What has configs, and how its configs are spelled in bodies.</summary>
/// <param name="Resource">For the port.</param>
/// <param name="Kind">Of one config.</param>
/// <param name="ClusterId">As in the path.</param>
/// <param name="Self">URL of the collection.</param>
/// <param name="Crn">Resource name of one config, without the config's name.</param>
/// <param name="Described">For messages: <c>TOPIC orders</c>.</param>
internal sealed record ConfigOwner(ConfigResource Resource, string Kind, string ClusterId, string Self, string Crn, string Described)
{
    public string? TopicName { get; private init; }

    public int? BrokerId { get; private init; }

    public string? ConfigType { get; private init; }

    public static ConfigOwner Topic(string topic, Links links) => new(
        ConfigResource.Topic(topic),
        "KafkaTopicConfig",
        links.ClusterId,
        $"{links.Topic(topic)}/configs",
        $"{links.TopicCrn(topic)}/config=",
        $"TOPIC {topic}")
    {
        TopicName = topic,
    };

    public static ConfigOwner Broker(int broker, Links links) => new(
        ConfigResource.Broker(broker),
        "KafkaBrokerConfig",
        links.ClusterId,
        $"{links.Broker(broker)}/configs",
        $"{links.BrokerCrn(broker)}/config=",
        string.Create(CultureInfo.InvariantCulture, $"BROKER {broker}"))
    {
        BrokerId = broker,
    };

    /// <summary>The dynamic defaults of all brokers.</summary>
    public static ConfigOwner Cluster(Links links) => new(
        ConfigResource.ClusterDefault,
        "KafkaClusterConfig",
        links.ClusterId,
        $"{links.Cluster}/broker-configs",
        $"{links.ClusterCrn}/broker-config=",
        "BROKER")
    {
        ConfigType = "BROKER",
    };
}
