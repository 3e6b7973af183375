using Sluice.Kafka.Tests.Contract;

namespace Sluice.Kafka.Tests.Real;

// The contract, against Apache Kafka: one line for each class of it.
public sealed class ApacheKafkaTopicsTests(ApacheKafkaCluster cluster) : TopicsContract(cluster), IOnApacheKafka;

public sealed class ApacheKafkaRecordsTests(ApacheKafkaCluster cluster) : RecordsContract(cluster), IOnApacheKafka;

public sealed class ApacheKafkaOffsetsTests(ApacheKafkaCluster cluster) : OffsetsContract(cluster), IOnApacheKafka;

public sealed class ApacheKafkaConfigsTests(ApacheKafkaCluster cluster) : ConfigsContract(cluster), IOnApacheKafka;

public sealed class ApacheKafkaAclsTests(ApacheKafkaCluster cluster) : AclsContract(cluster), IOnApacheKafka;

public sealed class ApacheKafkaGroupsContractTests(ApacheKafkaCluster cluster) : GroupsContract(cluster), IOnApacheKafka;
