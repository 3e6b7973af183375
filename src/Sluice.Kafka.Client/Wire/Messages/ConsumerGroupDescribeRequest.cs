using Sluice.Kafka.Groups;

namespace Sluice.Kafka.Client.Wire.Messages;

/// <summary>Groups that speak the consumer protocol (KIP-848). Member types since version 1, which librdkafka does not pass on.</summary>
internal sealed class ConsumerGroupDescribeRequest(IReadOnlyList<string> groups)
    : WireRequest<IReadOnlyList<DescribedGroup>>(ApiKey.ConsumerGroupDescribe, 0, 1, 0)
{
    public override void Write(WireWriter writer, short version) =>
        writer.Array(groups, static (w, group) => w.String(group)).Bool(false).End();

    public override IReadOnlyList<DescribedGroup> Read(WireReader reader, short version)
    {
        reader.Int32(); // throttle
        return reader.Array(r => ReadGroup(r, version));
    }

    private static DescribedGroup ReadGroup(WireReader reader, short version)
    {
        var error = reader.ErrorCode();
        var message = reader.NullableString();
        var id = reader.String();
        var state = GroupNames.State(reader.String());
        reader.Int32(); // group epoch
        reader.Int32(); // assignment epoch
        var assignor = reader.String();
        var members = reader.Array(r => ReadMember(r, version));
        reader.Int32(); // authorized operations
        reader.End();
        return new DescribedGroup(error, message, new GroupDescription(id, false, assignor, state, GroupType.Consumer, null, members));
    }

    private static GroupMember ReadMember(WireReader reader, short version)
    {
        var memberId = reader.String();
        var instanceId = reader.NullableString();
        reader.NullableString(); // rack
        reader.Int32(); // epoch
        var clientId = reader.String();
        var host = reader.String();
        reader.StringArray(); // subscribed topics
        reader.NullableString(); // subscribed pattern
        var assignment = AssignedPartitions.Read(reader);
        AssignedPartitions.Read(reader); // target
        var type = version >= 1 ? reader.Int8() : -1;
        reader.End();
        return new GroupMember(memberId, instanceId, clientId, host, assignment, type switch { 0 => true, 1 => false, _ => null });
    }
}

/// <summary>The assignment structure that consumer and share groups have in common.</summary>
internal static class AssignedPartitions
{
    public static List<TopicPartition> Read(WireReader reader)
    {
        var assigned = new List<TopicPartition>();
        reader.Array(r =>
        {
            r.SkipUuid();
            var topic = r.String();
            assigned.AddRange(r.Int32Array().Select(partition => new TopicPartition(topic, partition)));
            r.End();
            return topic;
        });
        reader.End();
        return assigned;
    }
}
