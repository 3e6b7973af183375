using Sluice.Kafka.Configs;
using Sluice.Kafka.Topics;

namespace Sluice.Kafka.Client.Wire.Messages;

/// <summary>One topic. Since version 5 (KIP-525) the answer says what was made, which librdkafka does not pass on.</summary>
internal sealed class CreateTopicsRequest(NewTopic topic, int timeoutMs)
    : WireRequest<CreateTopicsResponse>(ApiKey.CreateTopics, 4, 7, 5)
{
    public override bool IsIdempotent => false;

    public override void Write(WireWriter writer, short version)
    {
        writer.Array([topic], static (w, t) =>
        {
            w.String(t.Name).Int32(t.PartitionCount ?? -1).Int16(t.ReplicationFactor ?? -1);
            w.Array(t.ReplicaAssignments ?? System.Collections.ObjectModel.ReadOnlyDictionary<int, IReadOnlyList<int>>.Empty, static (w, a) =>
                w.Int32(a.Key).Array(a.Value, static (w, id) => w.Int32(id)).End());
            w.Array(t.Configs ?? [], static (w, c) => w.String(c.Key).String(c.Value).End());
            w.End();
        });
        writer.Int32(timeoutMs).Bool(topic.ValidateOnly).End();
    }

    public override CreateTopicsResponse Read(WireReader reader, short version)
    {
        reader.Int32(); // throttle
        var all = reader.Array(r => ReadTopic(r, version));
        return all.Count == 1 ? all[0] : throw new WireFormatException("CreateTopics answered for another number of topics.");
    }

    public override KafkaErrorCode TopLevelError(CreateTopicsResponse response) => response.Error;

    private static CreateTopicsResponse ReadTopic(WireReader reader, short version)
    {
        reader.String();
        if (version >= 7)
        {
            reader.SkipUuid();
        }

        var error = reader.ErrorCode();
        var message = reader.NullableString();
        if (version < 5)
        {
            return new CreateTopicsResponse(error, message, -1, -1, null);
        }

        var partitions = reader.Int32();
        var replication = reader.Int16();
        var configs = reader.Array(static r =>
        {
            var name = r.String();
            var value = r.NullableString();
            var isReadOnly = r.Bool();
            var source = (ConfigSource)r.Int8();
            var isSensitive = r.Bool();
            r.End();
            return new ConfigEntry(name, value, source, isReadOnly, isSensitive, []);
        });
        var hidden = false; // tag 0: the caller may not see the topic's configs
        reader.End((tag, r) => hidden |= tag == 0 && r.Int16() != 0);
        return new CreateTopicsResponse(error, message, partitions, replication, hidden ? null : configs);
    }
}

/// <summary>Counts are -1, configs null where the broker did not say.</summary>
internal sealed record CreateTopicsResponse(
    KafkaErrorCode Error, string? Message, int PartitionCount, int ReplicationFactor, IReadOnlyList<ConfigEntry>? Configs);
