using System.Buffers;
using System.Threading.Tasks.Sources;

using Sluice.Kafka.Embedded.Storage;
using Sluice.Kafka.Records;

namespace Sluice.Kafka.Embedded.Log;

/// <summary>One record on its way to the disk, and the promise of its report. Pooled: goes back when the report is taken.</summary>
/// <remarks>
/// HOT. Continuations never run on the writer's thread. Small bodies live in the object's own array, larger ones in a rented one.
/// </remarks>
internal sealed class PendingRecord(PendingRecordPool pool) : WriteItem, IValueTaskSource<DeliveryReport>
{
    private const int OwnSize = 1024;

    private readonly byte[] _own = GC.AllocateUninitializedArray<byte>(OwnSize);
    private ManualResetValueTaskSourceCore<DeliveryReport> _core = new() { RunContinuationsAsynchronously = true };
    private byte[]? _rented;
    private DeliveryReport _report;

    public PartitionLog Partition { get; private set; } = null!;

    /// <summary>Milliseconds since the epoch.</summary>
    public long Timestamp { get; private set; }

    public TimestampType TimestampType { get; private set; }

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Body => (_rented ?? _own).AsSpan(0, Length);

    public ValueTask<DeliveryReport> Task => new(this, _core.Version);

    public void Fill(in RecordToProduce record, int size, PartitionLog partition, long timestamp, TimestampType timestampType)
    {
        Partition = partition;
        Timestamp = timestamp;
        TimestampType = timestampType;
        Length = size;
        if (size > OwnSize)
        {
            _rented = ArrayPool<byte>.Shared.Rent(size);
        }

        RecordBody.Write(_rented ?? _own, record);
    }

    /// <summary>Notes what is to be reported.</summary>
    public void Placed(in DeliveryReport report) => _report = report;

    /// <summary>Reports. The object may be in other hands before this returns: do not touch it again.</summary>
    public void Complete() => Complete(_report);

    public void Fail(KafkaError error) => Complete(DeliveryReport.Failed(error));

    public DeliveryReport GetResult(short token)
    {
        var report = _core.GetResult(token);
        _core.Reset();
        pool.Return(this);
        return report;
    }

    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);

    private void Complete(in DeliveryReport report)
    {
        if (_rented is { } rented)
        {
            _rented = null;
            ArrayPool<byte>.Shared.Return(rented);
        }

        Partition = null!;
        _core.SetResult(report);
    }
}
