using System.ComponentModel.DataAnnotations;

namespace Sluice.Rest.V3.Records;

/// <summary>Section <c>Sluice:Produce</c>: limits of one produce request, which may be a stream.</summary>
internal sealed class ProduceSettings
{
    /// <summary>Largest JSON text of one record, in bytes. Larger ends the stream with a report that says so.</summary>
    [Range(1024, 1024 * 1024 * 1024)]
    public int MaxRecordJsonBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>Records of one connection that may wait for their acknowledgement; then the sender is slowed down.</summary>
    [Range(1, 1_000_000)]
    public int MaxInFlightRecords { get; set; } = 4096;

    /// <summary>JSON bytes of those records, in total.</summary>
    [Range(1024, 1024 * 1024 * 1024)]
    public int MaxInFlightBytes { get; set; } = 8 * 1024 * 1024;

    /// <summary>Most entries of one <c>records:batch</c>.</summary>
    [Range(1, 50)]
    public int MaxBatchEntries { get; set; } = 10;

    /// <summary>How long one stream may live; later records are reported as 408.</summary>
    public TimeSpan MaxStreamDuration { get; set; } = TimeSpan.FromHours(24);
}
