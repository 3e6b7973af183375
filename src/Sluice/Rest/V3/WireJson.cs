using System.Text.Json.Serialization;
using Sluice.Rest.V3.Clusters;
using Sluice.Rest.V3.Partitions;
using Sluice.Rest.V3.Topics;

namespace Sluice.Rest.V3;

/// <summary>How v3 bodies look on the wire: snake case, nulls written out.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ClusterBody))]
[JsonSerializable(typeof(ListBody<ClusterBody>))]
[JsonSerializable(typeof(TopicBody))]
[JsonSerializable(typeof(ListBody<TopicBody>))]
[JsonSerializable(typeof(PartitionBody))]
[JsonSerializable(typeof(ListBody<PartitionBody>))]
[JsonSerializable(typeof(PartitionOffsetsBody))]
internal sealed partial class WireJson : JsonSerializerContext;
