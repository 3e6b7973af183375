using Sluice.Kafka.Configs;

namespace Sluice.Kafka.Client.Wire.Messages;

/// <summary>Configs with synonyms. librdkafka refuses the empty broker name that means the cluster-wide defaults.</summary>
internal sealed class DescribeConfigsRequest(IReadOnlyList<ConfigResource> resources)
    : WireRequest<IReadOnlyList<DescribedConfigs>>(ApiKey.DescribeConfigs, 1, 4, 4)
{
    public override void Write(WireWriter writer, short version)
    {
        writer.Array(resources, static (w, resource) =>
            w.Int8(ConfigResourceNumbers.Of(resource.Type)).String(resource.Name).Array<string>(null, static (w, name) => w.String(name)).End());
        writer.Bool(true); // synonyms
        if (version >= 3)
        {
            writer.Bool(false); // documentation
        }

        writer.End();
    }

    public override IReadOnlyList<DescribedConfigs> Read(WireReader reader, short version)
    {
        reader.Int32(); // throttle
        return reader.Array(r =>
        {
            var error = r.ErrorCode();
            var message = r.NullableString();
            var type = r.Int8();
            var name = r.String();
            var entries = r.Array(e => ReadEntry(e, version));
            r.End();
            return new DescribedConfigs(error, message, ConfigResourceNumbers.From(type, name), entries);
        });
    }

    private static ConfigEntry ReadEntry(WireReader reader, short version)
    {
        var name = reader.String();
        var value = reader.NullableString();
        var isReadOnly = reader.Bool();
        var source = (ConfigSource)reader.Int8();
        var isSensitive = reader.Bool();
        var synonyms = reader.Array(static r =>
        {
            var synonym = new ConfigSynonym(r.String(), r.NullableString(), (ConfigSource)r.Int8());
            r.End();
            return synonym;
        });
        if (version >= 3)
        {
            reader.Int8(); // type
            reader.NullableString(); // documentation
        }

        reader.End();
        return new ConfigEntry(name, value, source, isReadOnly, isSensitive, synonyms);
    }
}

internal sealed record DescribedConfigs(
    KafkaErrorCode Error, string? Message, ConfigResource Resource, IReadOnlyList<ConfigEntry> Entries);

/// <summary>The protocol's numbers for the kinds of resources that have configs.</summary>
internal static class ConfigResourceNumbers
{
    private const int Topic = 2;
    private const int Broker = 4;

    public static int Of(ConfigResourceType type) => type == ConfigResourceType.Topic ? Topic : Broker;

    public static ConfigResource From(int type, string name) =>
        new(type == Topic ? ConfigResourceType.Topic : ConfigResourceType.Broker, name);
}
