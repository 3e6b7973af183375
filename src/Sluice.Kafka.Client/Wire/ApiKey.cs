namespace Sluice.Kafka.Client.Wire;

/// <summary>The protocol's request numbers that this room speaks.</summary>
internal enum ApiKey : short
{
    Metadata = 3,
    OffsetCommit = 8,
    OffsetFetch = 9,
    FindCoordinator = 10,
    DescribeGroups = 15,
    ListGroups = 16,
    SaslHandshake = 17,
    ApiVersions = 18,
    CreateTopics = 19,
    DescribeAcls = 29,
    CreateAcls = 30,
    DeleteAcls = 31,
    DescribeConfigs = 32,
    SaslAuthenticate = 36,
    IncrementalAlterConfigs = 44,
    ListPartitionReassignments = 46,
    ConsumerGroupDescribe = 69,
    ShareGroupDescribe = 77,
    StreamsGroupDescribe = 89,
}
