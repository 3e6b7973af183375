using Sluice.Kafka;
using Sluice.Kafka.Client.Wire;
using Sluice.Kafka.Groups;

namespace Sluice.Tests.Brokers.Members;

/// <summary>Joins a streams group, stays in it, leaves it (KIP-1071). Epoch 0 joins, -1 leaves; tasks are what the member says it runs.</summary>
internal sealed class StreamsGroupHeartbeatRequest(
    string group, string member, int epoch, StreamsTopology? topology, StreamsAssignment? running) : WireRequest<StreamsHeartbeatResponse>((ApiKey)88, 0, 0, 0)
{
    private const int RebalanceTimeoutMs = 60_000;

    public override void Write(WireWriter writer, short version)
    {
        var joins = epoch == 0;
        writer.String(group).String(member).Int32(epoch).Int32(0).String(null).String(null).Int32(joins ? RebalanceTimeoutMs : -1);
        if (joins && topology is not null)
        {
            writer.Int8(1).Int32(topology.Epoch)
                .Array(topology.Subtopologies, (w, subtopology) => WriteSubtopology(w, subtopology, topology.Changelogs.GetValueOrDefault(subtopology.Id)))
                .End();
        }
        else
        {
            writer.Int8(-1);
        }

        writer.Array(running?.Active, WriteTasks).Array(running?.Standby, WriteTasks).Array(running?.Warmup, WriteTasks);
        writer.String(joins ? topology?.ProcessId : null).Int8(-1).Array<string>(joins ? [] : null, static (w, _) => w.End());
        writer.Array<string>(null, static (w, _) => w.End()).Array<string>(null, static (w, _) => w.End()).Bool(false).End();
    }

    public override StreamsHeartbeatResponse Read(WireReader reader, short version)
    {
        reader.Int32(); // throttle
        var error = reader.ErrorCode();
        var message = reader.NullableString();
        reader.String(); // member
        var memberEpoch = reader.Int32();
        reader.Int32(); // interval
        reader.Int32(); // acceptable lag
        reader.Int32(); // offset interval
        var status = reader.Array(static r =>
        {
            var text = $"{r.Int8()} {r.String()}";
            r.End();
            return text;
        });
        var (active, standby, warmup) = (ReadTasks(reader), ReadTasks(reader), ReadTasks(reader));
        return new StreamsHeartbeatResponse(
            error, message, memberEpoch, status, active is null ? null : new StreamsAssignment(active, standby ?? [], warmup ?? []));
    }

    public override KafkaErrorCode TopLevelError(StreamsHeartbeatResponse response) => response.Error;

    private static void WriteSubtopology(WireWriter writer, StreamsSubtopology subtopology, string? changelog) => writer
        .String(subtopology.Id)
        .Array(subtopology.SourceTopics, static (w, topic) => w.String(topic))
        .Array<string>([], static (w, topic) => w.String(topic)) // patterns
        .Array<string>(changelog is null ? [] : [changelog], WriteTopic)
        .Array<string>([], static (w, topic) => w.String(topic)) // repartition sinks
        .Array<string>([], static (w, topic) => w.String(topic)) // repartition sources
        .Array<string>([], static (w, topic) => w.String(topic)) // co-partitioned
        .End();

    /// <summary>As many partitions and replicas as the coordinator likes.</summary>
    private static void WriteTopic(WireWriter writer, string topic) =>
        writer.String(topic).Int32(0).Int16(0).Array<string>([], static (w, config) => w.String(config)).End();

    private static void WriteTasks(WireWriter writer, StreamsTasks tasks) =>
        writer.String(tasks.SubtopologyId).Array(tasks.Partitions, static (w, partition) => w.Int32(partition)).End();

    /// <summary>Null: nothing has changed. Of fewer than 127 subtopologies, whose number is one byte then.</summary>
    private static List<StreamsTasks>? ReadTasks(WireReader reader)
    {
        var count = reader.Int8() - 1;
        var all = new List<StreamsTasks>();
        for (var i = 0; i < count; i++)
        {
            all.Add(new StreamsTasks(reader.String(), reader.Int32Array()));
            reader.End();
        }

        return count < 0 ? null : all;
    }
}

/// <param name="Epoch">Grows when an application changes its topology.</param>
/// <param name="Subtopologies">What the application consists of.</param>
/// <param name="ProcessId">Standby tasks are on other processes than the active ones.</param>
internal sealed record StreamsTopology(int Epoch, IReadOnlyList<StreamsSubtopology> Subtopologies, string ProcessId)
{
    /// <summary>The topic that a subtopology keeps its state in, by the subtopology's id; one without has no state, and no standby tasks.</summary>
    public IReadOnlyDictionary<string, string> Changelogs { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}

internal sealed record StreamsHeartbeatResponse(
    KafkaErrorCode Error, string? Message, int MemberEpoch, IReadOnlyList<string> Status, StreamsAssignment? Assignment);
