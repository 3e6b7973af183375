using Sluice.Kafka.Configs;

namespace Sluice.Kafka.Client.Wire.Messages;

internal sealed class IncrementalAlterConfigsRequest(IReadOnlyList<ConfigAlteration> alterations, bool validateOnly)
    : WireRequest<IReadOnlyList<AlteredConfigs>>(ApiKey.IncrementalAlterConfigs, 0, 1, 1)
{
    public override void Write(WireWriter writer, short version)
    {
        writer.Array(alterations, static (w, a) =>
        {
            w.Int8(ConfigResourceNumbers.Of(a.Resource.Type)).String(a.Resource.Name);
            w.Array(a.Changes, static (w, c) =>
                w.String(c.Name).Int8(c.Kind == ConfigChangeKind.Delete ? 1 : 0).String(c.Kind == ConfigChangeKind.Delete ? null : c.Value).End());
            w.End();
        });
        writer.Bool(validateOnly).End();
    }

    public override IReadOnlyList<AlteredConfigs> Read(WireReader reader, short version)
    {
        reader.Int32(); // throttle
        return reader.Array(static r =>
        {
            var altered = new AlteredConfigs(r.ErrorCode(), r.NullableString(), ConfigResourceNumbers.From(r.Int8(), r.String()));
            r.End();
            return altered;
        });
    }
}

internal sealed record AlteredConfigs(KafkaErrorCode Error, string? Message, ConfigResource Resource);
