using System.Collections.Immutable;

using Sluice.Kafka.Acls;
using Sluice.Kafka.Embedded.Groups;
using Sluice.Kafka.Embedded.Topics;

namespace Sluice.Kafka.Embedded.Storage;

/// <summary>
/// Everything but the records, as last committed. Calls read it with one reference load; the writer folds each administrative change into
/// a draft and publishes the draft once it is on disk.
/// </summary>
/// <param name="Topics">By name.</param>
/// <param name="BrokerConfigs">Dynamic broker configs: by broker id, or by the empty string for the defaults of all brokers.</param>
/// <param name="Groups">By group id.</param>
/// <param name="Acls">Stored ACLs.</param>
/// <param name="PartitionCount">Of all topics together.</param>
internal sealed record ClusterSnapshot(
    ImmutableDictionary<string, Topic> Topics,
    ImmutableDictionary<string, ImmutableSortedDictionary<string, string>> BrokerConfigs,
    ImmutableDictionary<string, Group> Groups,
    ImmutableHashSet<AclBinding> Acls,
    int PartitionCount);
