using Sluice.Kafka.Groups;

namespace Sluice.Kafka.Client.Wire.Messages;

/// <summary>Groups that speak the classic protocol. Up to version 5 an unknown group is a dead one; version 6 gives an error.</summary>
internal sealed class DescribeGroupsRequest(IReadOnlyList<string> groups)
    : WireRequest<IReadOnlyList<DescribedGroup>>(ApiKey.DescribeGroups, 0, 6, 5)
{
    private const string ConsumerProtocol = "consumer";

    public override void Write(WireWriter writer, short version)
    {
        writer.Array(groups, static (w, group) => w.String(group));
        if (version >= 3)
        {
            writer.Bool(false); // include_authorized_operations
        }

        writer.End();
    }

    public override IReadOnlyList<DescribedGroup> Read(WireReader reader, short version)
    {
        if (version >= 1)
        {
            reader.Int32(); // throttle
        }

        return reader.Array(r => ReadGroup(r, version));
    }

    private static DescribedGroup ReadGroup(WireReader reader, short version)
    {
        var error = reader.ErrorCode();
        var message = version >= 6 ? reader.NullableString() : null;
        var id = reader.String();
        var state = GroupNames.State(reader.String());
        var protocol = reader.String();
        var assignor = reader.String();
        var members = reader.Array(r =>
        {
            var memberId = r.String();
            var instanceId = version >= 4 ? r.NullableString() : null;
            var clientId = r.String();
            var host = r.String();
            r.Bytes(); // subscription
            var assignment = r.Bytes();
            r.End();
            return new GroupMember(memberId, instanceId, clientId, host, protocol == ConsumerProtocol ? ReadAssignment(assignment) : []);
        });
        if (version >= 3)
        {
            reader.Int32(); // authorized operations
        }

        reader.End();
        return new DescribedGroup(error, message, new GroupDescription(id, protocol.Length == 0, assignor, state, GroupType.Classic, null, members));
    }

    /// <summary>What the group's leader handed out: the consumer protocol's own encoding, always in the old form.</summary>
    private static List<TopicPartition> ReadAssignment(byte[] bytes)
    {
        var assigned = new List<TopicPartition>();
        if (bytes.Length == 0)
        {
            return assigned;
        }

        var reader = new WireReader(bytes, flexible: false);
        reader.Int16(); // version: later ones only add fields at the end
        reader.Array(r =>
        {
            var topic = r.String();
            assigned.AddRange(r.Int32Array().Select(partition => new TopicPartition(topic, partition)));
            return topic;
        });
        return assigned;
    }
}

internal sealed record DescribedGroup(KafkaErrorCode Error, string? Message, GroupDescription Group);
