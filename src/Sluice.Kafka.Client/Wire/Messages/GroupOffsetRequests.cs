using Sluice.Kafka.Groups;

namespace Sluice.Kafka.Client.Wire.Messages;

/// <summary>All committed offsets of a group. librdkafka's .NET binding drops their metadata.</summary>
internal sealed class OffsetFetchRequest(string group) : WireRequest<OffsetFetchResponse>(ApiKey.OffsetFetch, 2, 7, 6)
{
    public override void Write(WireWriter writer, short version)
    {
        writer.String(group).Array<string>(null, static (w, topic) => w.String(topic));
        if (version >= 7)
        {
            writer.Bool(false); // require_stable
        }

        writer.End();
    }

    public override OffsetFetchResponse Read(WireReader reader, short version)
    {
        if (version >= 3)
        {
            reader.Int32(); // throttle
        }

        var offsets = new List<CommittedOffset>();
        reader.Array(r =>
        {
            var topic = r.String();
            r.Array(p =>
            {
                var id = p.Int32();
                var offset = p.Int64();
                if (version >= 5)
                {
                    p.Int32(); // leader epoch
                }

                var metadata = p.NullableString();
                if (p.ErrorCode() == KafkaErrorCode.None && offset >= 0)
                {
                    offsets.Add(new CommittedOffset(new TopicPartition(topic, id), offset, metadata));
                }

                p.End();
                return id;
            });
            r.End();
            return topic;
        });
        return new OffsetFetchResponse(reader.ErrorCode(), offsets);
    }

    public override KafkaErrorCode TopLevelError(OffsetFetchResponse response) => response.Error;
}

internal sealed record OffsetFetchResponse(KafkaErrorCode Error, IReadOnlyList<CommittedOffset> Offsets);

/// <summary>Sets offsets as nobody in particular: no member, no generation.</summary>
internal sealed class OffsetCommitRequest(string group, IReadOnlyList<CommittedOffset> offsets)
    : WireRequest<IReadOnlyList<CommittedPartition>>(ApiKey.OffsetCommit, 5, 8, 8)
{
    public override void Write(WireWriter writer, short version)
    {
        writer.String(group).Int32(-1).String("");
        if (version >= 7)
        {
            writer.String(null); // group_instance_id
        }

        writer.Array(offsets.GroupBy(o => o.Partition.Topic, StringComparer.Ordinal).ToArray(), (w, topic) =>
            w.String(topic.Key).Array(topic.ToArray(), (w, o) =>
            {
                w.Int32(o.Partition.Partition).Int64(o.Offset);
                if (version >= 6)
                {
                    w.Int32(-1); // leader epoch
                }

                w.String(o.Metadata ?? "").End();
            }).End());
        writer.End();
    }

    public override IReadOnlyList<CommittedPartition> Read(WireReader reader, short version)
    {
        reader.Int32(); // throttle
        var all = new List<CommittedPartition>();
        reader.Array(r =>
        {
            var topic = r.String();
            all.AddRange(r.Array(p =>
            {
                var committed = new CommittedPartition(new TopicPartition(topic, p.Int32()), p.ErrorCode());
                p.End();
                return committed;
            }));
            r.End();
            return topic;
        });
        return all;
    }

    public override KafkaErrorCode TopLevelError(IReadOnlyList<CommittedPartition> response) =>
        response.Select(p => p.Error).FirstOrDefault(e => e != KafkaErrorCode.None);
}

internal sealed record CommittedPartition(TopicPartition Partition, KafkaErrorCode Error);
