namespace Sluice.Kafka;

/// <summary>One partition of one topic.</summary>
public readonly record struct TopicPartition(string Topic, int Partition);
