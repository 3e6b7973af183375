using Sluice.Kafka.Tests.Contract;

namespace Sluice.Kafka.Tests.Embedded;

// The contract, against the embedded cluster: one line for each class of it.
public sealed class EmbeddedTopicsTests(EmbeddedContractCluster cluster) : TopicsContract(cluster);

public sealed class EmbeddedRecordsTests(EmbeddedContractCluster cluster) : RecordsContract(cluster);

public sealed class EmbeddedOffsetsTests(EmbeddedContractCluster cluster) : OffsetsContract(cluster);

public sealed class EmbeddedConfigsTests(EmbeddedContractCluster cluster) : ConfigsContract(cluster);

public sealed class EmbeddedGroupsTests(EmbeddedContractCluster cluster) : GroupsContract(cluster);

public sealed class EmbeddedAclsTests(EmbeddedContractCluster cluster) : AclsContract(cluster);
