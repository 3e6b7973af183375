namespace Sluice.Kafka.Embedded.Configs;

/// <summary>Kafka's <c>ConfigDef.Type</c>, as far as brokers and topics use it.</summary>
internal enum ConfigType
{
    Boolean,
    String,
    Short,
    Int,
    Long,
    Double,
    List,
    Password,
    Class,
}
