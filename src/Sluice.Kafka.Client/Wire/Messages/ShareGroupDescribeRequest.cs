using Sluice.Kafka.Groups;

namespace Sluice.Kafka.Client.Wire.Messages;

/// <summary>One share group (KIP-932). Version 0 was early access and is gone from brokers.</summary>
internal sealed class ShareGroupDescribeRequest(string group)
    : WireRequest<ShareGroupDescribeResponse>(ApiKey.ShareGroupDescribe, 1, 1, 0)
{
    public override void Write(WireWriter writer, short version) =>
        writer.Array([group], static (w, id) => w.String(id)).Bool(false).End();

    public override ShareGroupDescribeResponse Read(WireReader reader, short version)
    {
        reader.Int32(); // throttle
        var all = reader.Array(static r =>
        {
            var error = r.ErrorCode();
            var message = r.NullableString();
            var id = r.String();
            var state = GroupNames.State(r.String());
            var epoch = r.Int32();
            var assignmentEpoch = r.Int32();
            var assignor = r.String();
            var members = r.Array(ReadMember);
            r.Int32(); // authorized operations
            r.End();
            return new ShareGroupDescribeResponse(
                error, message, new ShareGroupDescription(id, state, null, epoch, assignmentEpoch, assignor, members));
        });
        return all.Count == 1 ? all[0] : throw new WireFormatException("ShareGroupDescribe answered for another number of groups.");
    }

    public override KafkaErrorCode TopLevelError(ShareGroupDescribeResponse response) => response.Error;

    private static GroupMember ReadMember(WireReader reader)
    {
        var memberId = reader.String();
        reader.NullableString(); // rack
        reader.Int32(); // epoch
        var clientId = reader.String();
        var host = reader.String();
        reader.StringArray(); // subscribed topics
        var assignment = AssignedPartitions.Read(reader);
        reader.End();
        return new GroupMember(memberId, null, clientId, host, assignment);
    }
}

internal sealed record ShareGroupDescribeResponse(KafkaErrorCode Error, string? Message, ShareGroupDescription Group);
