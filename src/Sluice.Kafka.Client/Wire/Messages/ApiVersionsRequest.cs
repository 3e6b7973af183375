using System.Runtime.InteropServices;

namespace Sluice.Kafka.Client.Wire.Messages;

/// <summary>Which requests, in which versions, a broker understands. Also our ping.</summary>
internal sealed class ApiVersionsRequest() : WireRequest<ApiVersionsResponse>(ApiKey.ApiVersions, 0, 3, 3)
{
    public override void Write(WireWriter writer, short version)
    {
        if (version >= 3)
        {
            writer.String("sluice").String("0.1.0").End();
        }
    }

    public override ApiVersionsResponse Read(WireReader reader, short version)
    {
        var error = reader.ErrorCode();
        var ranges = reader.Array(static r =>
        {
            var range = new ApiRange(r.Int16(), r.Int16(), r.Int16());
            r.End();
            return range;
        });
        return new ApiVersionsResponse(error, ranges);
    }
}

internal sealed record ApiVersionsResponse(KafkaErrorCode Error, IReadOnlyList<ApiRange> Ranges);

[StructLayout(LayoutKind.Auto)]
internal readonly record struct ApiRange(short Key, short Min, short Max);
