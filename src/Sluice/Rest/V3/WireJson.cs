using System.Text.Json.Serialization;
using Sluice.Rest.V3.Acls;
using Sluice.Rest.V3.Brokers;
using Sluice.Rest.V3.Clusters;
using Sluice.Rest.V3.Configs;
using Sluice.Rest.V3.ConsumerGroups;
using Sluice.Rest.V3.Lags;
using Sluice.Rest.V3.Partitions;
using Sluice.Rest.V3.Reassignments;
using Sluice.Rest.V3.Replicas;
using Sluice.Rest.V3.ShareGroups;
using Sluice.Rest.V3.StreamsGroups;
using Sluice.Rest.V3.TopicConfigs;
using Sluice.Rest.V3.Topics;

namespace Sluice.Rest.V3;

/// <summary>How v3 bodies look on the wire: snake case, nulls written out.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ClusterBody))]
[JsonSerializable(typeof(ListBody<ClusterBody>))]
[JsonSerializable(typeof(ConfigBody))]
[JsonSerializable(typeof(ListBody<ConfigBody>))]
[JsonSerializable(typeof(BrokerBody))]
[JsonSerializable(typeof(ListBody<BrokerBody>))]
[JsonSerializable(typeof(TopicBody))]
[JsonSerializable(typeof(ListBody<TopicBody>))]
[JsonSerializable(typeof(AlterTopicsFailuresBody))]
[JsonSerializable(typeof(PartitionBody))]
[JsonSerializable(typeof(ListBody<PartitionBody>))]
[JsonSerializable(typeof(PartitionOffsetsBody))]
[JsonSerializable(typeof(ReplicaBody))]
[JsonSerializable(typeof(ListBody<ReplicaBody>))]
[JsonSerializable(typeof(ReassignmentBody))]
[JsonSerializable(typeof(ListBody<ReassignmentBody>))]
[JsonSerializable(typeof(AclBody))]
[JsonSerializable(typeof(ListBody<AclBody>))]
[JsonSerializable(typeof(DeletedAclsBody))]
[JsonSerializable(typeof(ConsumerGroupBody))]
[JsonSerializable(typeof(ListBody<ConsumerGroupBody>))]
[JsonSerializable(typeof(ConsumerBody))]
[JsonSerializable(typeof(ListBody<ConsumerBody>))]
[JsonSerializable(typeof(ConsumerAssignmentBody))]
[JsonSerializable(typeof(ListBody<ConsumerAssignmentBody>))]
[JsonSerializable(typeof(LagBody))]
[JsonSerializable(typeof(ListBody<LagBody>))]
[JsonSerializable(typeof(ShareGroupBody))]
[JsonSerializable(typeof(ListBody<ShareGroupBody>))]
[JsonSerializable(typeof(ShareConsumerBody))]
[JsonSerializable(typeof(ListBody<ShareConsumerBody>))]
[JsonSerializable(typeof(StreamsGroupBody))]
[JsonSerializable(typeof(ListBody<StreamsGroupBody>))]
[JsonSerializable(typeof(SubtopologyBody))]
[JsonSerializable(typeof(ListBody<SubtopologyBody>))]
[JsonSerializable(typeof(StreamsMemberBody))]
[JsonSerializable(typeof(ListBody<StreamsMemberBody>))]
[JsonSerializable(typeof(StreamsTaskBody))]
[JsonSerializable(typeof(ListBody<StreamsTaskBody>))]
[JsonSerializable(typeof(LagSummaryBody))]
[JsonSerializable(typeof(ListBody<ShareAssignmentBody>))]
[JsonSerializable(typeof(StreamsAssignmentsBody))]
internal sealed partial class WireJson : JsonSerializerContext;
