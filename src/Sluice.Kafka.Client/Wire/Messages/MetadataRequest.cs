namespace Sluice.Kafka.Client.Wire.Messages;

/// <summary>Brokers, controller and topics. Null topics: all of them; an empty list: none.</summary>
internal sealed class MetadataRequest(IReadOnlyList<string>? topics, bool withAuthorizedOperations)
    : WireRequest<MetadataResponse>(ApiKey.Metadata, 4, 12, 9)
{
    public override void Write(WireWriter writer, short version)
    {
        writer.Array(topics, (w, name) =>
        {
            if (version >= 10)
            {
                w.Uuid();
            }

            w.String(name).End();
        });
        writer.Bool(false); // allow_auto_topic_creation
        if (version is >= 8 and <= 10)
        {
            writer.Bool(false); // include_cluster_authorized_operations
        }

        if (version >= 8)
        {
            writer.Bool(withAuthorizedOperations);
        }

        writer.End();
    }

    public override MetadataResponse Read(WireReader reader, short version)
    {
        reader.Int32(); // throttle
        var brokers = reader.Array(static r =>
        {
            var broker = new WireBroker(r.Int32(), r.String(), r.Int32(), r.NullableString());
            r.End();
            return broker;
        });
        var clusterId = reader.NullableString();
        var controller = reader.Int32();
        var all = reader.Array(r => ReadTopic(r, version));
        return new MetadataResponse(brokers, clusterId, controller, all);
    }

    private static WireTopic ReadTopic(WireReader reader, short version)
    {
        var error = reader.ErrorCode();
        var name = reader.NullableString() ?? "";
        if (version >= 10)
        {
            reader.SkipUuid();
        }

        var isInternal = reader.Bool();
        var partitions = reader.Array(r => ReadPartition(r, version));
        var operations = version >= 8 ? reader.Int32() : int.MinValue;
        reader.End();
        return new WireTopic(error, name, isInternal, partitions, operations);
    }

    private static WirePartition ReadPartition(WireReader reader, short version)
    {
        var error = reader.ErrorCode();
        var id = reader.Int32();
        var leader = reader.Int32();
        if (version >= 7)
        {
            reader.Int32(); // leader epoch
        }

        var replicas = reader.Int32Array();
        var inSync = reader.Int32Array();
        if (version >= 5)
        {
            reader.Int32Array(); // offline
        }

        reader.End();
        return new WirePartition(error, id, leader, replicas, inSync);
    }
}

internal sealed record MetadataResponse(
    IReadOnlyList<WireBroker> Brokers, string? ClusterId, int ControllerId, IReadOnlyList<WireTopic> Topics);

internal sealed record WireBroker(int Id, string Host, int Port, string? Rack);

/// <param name="Error">For this topic.</param>
/// <param name="Name">Name.</param>
/// <param name="IsInternal">One of Kafka's own.</param>
/// <param name="Partitions">In no particular order.</param>
/// <param name="AuthorizedOperations">A bit for each operation; <see cref="int.MinValue"/>: not asked for.</param>
internal sealed record WireTopic(
    KafkaErrorCode Error, string Name, bool IsInternal, IReadOnlyList<WirePartition> Partitions, int AuthorizedOperations);

internal sealed record WirePartition(KafkaErrorCode Error, int Id, int Leader, IReadOnlyList<int> Replicas, IReadOnlyList<int> InSync);
