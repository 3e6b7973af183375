namespace Sluice.Kafka.Client.Wire.Messages;

/// <summary>Which broker coordinates a group. Versions up to 3 take one key; later ones take many, of which we send one.</summary>
internal sealed class FindCoordinatorRequest(string group) : WireRequest<FindCoordinatorResponse>(ApiKey.FindCoordinator, 1, 4, 3)
{
    public override void Write(WireWriter writer, short version)
    {
        if (version >= 4)
        {
            writer.Int8(0).Array([group], static (w, key) => w.String(key)).End();
        }
        else
        {
            writer.String(group).Int8(0).End();
        }
    }

    public override FindCoordinatorResponse Read(WireReader reader, short version)
    {
        reader.Int32(); // throttle
        if (version < 4)
        {
            var error = reader.ErrorCode();
            var message = reader.NullableString();
            return new FindCoordinatorResponse(error, message, reader.Int32());
        }

        var all = reader.Array(static r =>
        {
            r.String();
            var node = r.Int32();
            r.String();
            r.Int32();
            var found = new FindCoordinatorResponse(r.ErrorCode(), r.NullableString(), node);
            r.End();
            return found;
        });
        return all.Count == 1 ? all[0] : throw new WireFormatException("FindCoordinator answered for another number of keys.");
    }

    public override KafkaErrorCode TopLevelError(FindCoordinatorResponse response) => response.Error;
}

internal sealed record FindCoordinatorResponse(KafkaErrorCode Error, string? Message, int BrokerId);
