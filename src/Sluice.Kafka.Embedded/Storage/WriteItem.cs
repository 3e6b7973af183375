namespace Sluice.Kafka.Embedded.Storage;

/// <summary>Something that waits for the writer: a record, or an administrative change.</summary>
internal abstract class WriteItem;
