using Sluice.Kafka.Groups;

namespace Sluice.Kafka.Client.Wire.Messages;

/// <summary>The groups that one broker coordinates. Types since version 5 (KIP-848), states since 4 (KIP-518).</summary>
internal sealed class ListGroupsRequest() : WireRequest<ListGroupsResponse>(ApiKey.ListGroups, 0, 5, 3)
{
    public override void Write(WireWriter writer, short version)
    {
        if (version >= 4)
        {
            writer.Array<string>([], static (w, state) => w.String(state));
        }

        if (version >= 5)
        {
            writer.Array<string>([], static (w, type) => w.String(type));
        }

        writer.End();
    }

    public override ListGroupsResponse Read(WireReader reader, short version)
    {
        if (version >= 1)
        {
            reader.Int32(); // throttle
        }

        var error = reader.ErrorCode();
        return new ListGroupsResponse(error, reader.Array(r =>
        {
            var group = new WireGroup(
                r.String(),
                r.String(),
                version >= 4 ? GroupNames.State(r.String()) : GroupState.Unknown,
                version >= 5 ? GroupNames.Type(r.String()) : GroupType.Classic);
            r.End();
            return group;
        }));
    }

    public override KafkaErrorCode TopLevelError(ListGroupsResponse response) => response.Error;
}

internal sealed record ListGroupsResponse(KafkaErrorCode Error, IReadOnlyList<WireGroup> Groups);

internal sealed record WireGroup(string GroupId, string ProtocolType, GroupState State, GroupType Type);
