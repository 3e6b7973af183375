using System.Collections.Immutable;

using Sluice.Kafka.Groups;

namespace Sluice.Kafka.Embedded.Groups;

/// <summary>A group and what it has committed.</summary>
internal sealed record Group(string Id, ImmutableDictionary<TopicPartition, CommittedOffset> Offsets);
