using Sluice.Kafka.Groups;

namespace Sluice.Kafka.Client.Wire.Messages;

/// <summary>One streams group (KIP-1071).</summary>
internal sealed class StreamsGroupDescribeRequest(string group)
    : WireRequest<StreamsGroupDescribeResponse>(ApiKey.StreamsGroupDescribe, 0, 0, 0)
{
    public override void Write(WireWriter writer, short version) =>
        writer.Array([group], static (w, id) => w.String(id)).Bool(false).End();

    public override StreamsGroupDescribeResponse Read(WireReader reader, short version)
    {
        reader.Int32(); // throttle
        var all = reader.Array(ReadGroup);
        return all.Count == 1 ? all[0] : throw new WireFormatException("StreamsGroupDescribe answered for another number of groups.");
    }

    public override KafkaErrorCode TopLevelError(StreamsGroupDescribeResponse response) => response.Error;

    private static StreamsGroupDescribeResponse ReadGroup(WireReader reader)
    {
        var error = reader.ErrorCode();
        var message = reader.NullableString();
        var id = reader.String();
        var state = GroupNames.State(reader.String());
        var epoch = reader.Int32();
        var assignmentEpoch = reader.Int32();
        var topologyEpoch = 0;
        List<StreamsSubtopology> subtopologies = [];
        if (IsPresent(reader))
        {
            topologyEpoch = reader.Int32();
            subtopologies = reader.Array(ReadSubtopology);
            reader.End();
        }

        var members = reader.Array(ReadMember);
        reader.Int32(); // authorized operations
        reader.End();
        return new StreamsGroupDescribeResponse(
            error, message, new StreamsGroupDescription(id, state, null, epoch, topologyEpoch, assignmentEpoch, subtopologies, members));
    }

    private static StreamsSubtopology ReadSubtopology(WireReader reader)
    {
        var id = reader.String();
        var sources = reader.StringArray();
        reader.StringArray(); // repartition sinks
        reader.Array(SkipTopicInfo); // changelogs
        reader.Array(SkipTopicInfo); // repartition sources
        reader.End();
        return new StreamsSubtopology(id, sources);
    }

    private static string SkipTopicInfo(WireReader reader)
    {
        var name = reader.String();
        reader.Int32(); // partitions
        reader.Int16(); // replication factor
        reader.Array(SkipKeyValue);
        reader.End();
        return name;
    }

    private static StreamsMember ReadMember(WireReader reader)
    {
        var memberId = reader.String();
        var memberEpoch = reader.Int32();
        var instanceId = reader.NullableString();
        reader.NullableString(); // rack
        var clientId = reader.String();
        var host = reader.String();
        var topologyEpoch = reader.Int32();
        var processId = reader.String();
        if (IsPresent(reader))
        {
            reader.String(); // user endpoint: host
            reader.UInt16();
            reader.End();
        }

        reader.Array(SkipKeyValue); // client tags
        reader.Array(SkipTaskOffset);
        reader.Array(SkipTaskOffset); // end offsets
        var assignment = ReadAssignment(reader);
        var target = ReadAssignment(reader);
        var isClassic = reader.Bool();
        reader.End();
        return new StreamsMember(
            memberId, instanceId, clientId, host, processId, memberEpoch, topologyEpoch, isClassic, assignment, target);
    }

    private static StreamsAssignment ReadAssignment(WireReader reader)
    {
        var assignment = new StreamsAssignment(reader.Array(ReadTasks), reader.Array(ReadTasks), reader.Array(ReadTasks));
        reader.End();
        return assignment;
    }

    private static StreamsTasks ReadTasks(WireReader reader)
    {
        var tasks = new StreamsTasks(reader.String(), reader.Int32Array());
        reader.End();
        return tasks;
    }

    private static bool SkipTaskOffset(WireReader reader)
    {
        reader.String();
        reader.Int32();
        reader.Int64();
        reader.End();
        return true;
    }

    private static bool SkipKeyValue(WireReader reader)
    {
        reader.String();
        reader.String();
        reader.End();
        return true;
    }

    /// <summary>A nullable structure is preceded by one byte: -1 for null, 1 otherwise (KIP-893).</summary>
    private static bool IsPresent(WireReader reader) => reader.Int8() >= 0;
}

internal sealed record StreamsGroupDescribeResponse(KafkaErrorCode Error, string? Message, StreamsGroupDescription Group);
