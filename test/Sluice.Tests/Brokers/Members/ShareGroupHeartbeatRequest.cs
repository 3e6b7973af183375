using Sluice.Kafka;
using Sluice.Kafka.Client.Wire;

namespace Sluice.Tests.Brokers.Members;

/// <summary>Joins a share group, stays in it, leaves it (KIP-932). Epoch 0 joins, -1 leaves.</summary>
internal sealed class ShareGroupHeartbeatRequest(string group, string member, int epoch, IReadOnlyList<string>? topics)
    : WireRequest<ShareHeartbeatResponse>((ApiKey)76, 1, 1, 0)
{
    public override void Write(WireWriter writer, short version) => writer
        .String(group).String(member).Int32(epoch).String(null).Array(topics, static (w, topic) => w.String(topic)).End();

    public override ShareHeartbeatResponse Read(WireReader reader, short version)
    {
        reader.Int32(); // throttle
        var error = reader.ErrorCode();
        var message = reader.NullableString();
        reader.NullableString(); // member
        return new ShareHeartbeatResponse(error, message, reader.Int32());
    }

    public override KafkaErrorCode TopLevelError(ShareHeartbeatResponse response) => response.Error;
}

internal sealed record ShareHeartbeatResponse(KafkaErrorCode Error, string? Message, int MemberEpoch);
