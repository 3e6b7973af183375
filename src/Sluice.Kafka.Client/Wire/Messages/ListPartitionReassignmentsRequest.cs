using Sluice.Kafka.Topics;

namespace Sluice.Kafka.Client.Wire.Messages;

/// <summary>Null partitions: every reassignment that is going on.</summary>
internal sealed class ListPartitionReassignmentsRequest(IReadOnlyList<TopicPartition>? partitions, int timeoutMs)
    : WireRequest<ListPartitionReassignmentsResponse>(ApiKey.ListPartitionReassignments, 0, 0, 0)
{
    public override void Write(WireWriter writer, short version)
    {
        writer.Int32(timeoutMs);
        writer.Array(partitions?.GroupBy(p => p.Topic, StringComparer.Ordinal).ToArray(), static (w, topic) =>
            w.String(topic.Key).Array(topic.Select(p => p.Partition).Distinct().ToArray(), static (w, id) => w.Int32(id)).End());
        writer.End();
    }

    public override ListPartitionReassignmentsResponse Read(WireReader reader, short version)
    {
        reader.Int32(); // throttle
        var error = reader.ErrorCode();
        var message = reader.NullableString();
        var found = new List<PartitionReassignment>();
        reader.Array(r =>
        {
            var topic = r.String();
            found.AddRange(r.Array(p =>
            {
                var moving = new PartitionReassignment(new TopicPartition(topic, p.Int32()), p.Int32Array(), p.Int32Array(), p.Int32Array());
                p.End();
                return moving;
            }));
            r.End();
            return topic;
        });
        return new ListPartitionReassignmentsResponse(error, message, found);
    }

    public override KafkaErrorCode TopLevelError(ListPartitionReassignmentsResponse response) => response.Error;
}

internal sealed record ListPartitionReassignmentsResponse(
    KafkaErrorCode Error, string? Message, IReadOnlyList<PartitionReassignment> Reassignments);
