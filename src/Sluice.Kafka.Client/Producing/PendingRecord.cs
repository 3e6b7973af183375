using System.Collections.Concurrent;
using System.Threading.Tasks.Sources;
using Sluice.Kafka.Records;
using Ck = Confluent.Kafka;

namespace Sluice.Kafka.Client.Producing;

/// <summary>One record on its way, and the task that its caller awaits. Pooled.</summary>
/// <remarks>HOT. Continuations run on the thread pool: the thread that reports deliveries is librdkafka's event thread and must not wait for a client.</remarks>
internal sealed class PendingRecord : IValueTaskSource<DeliveryReport>
{
    private const int MaxPooled = 4096;

    private static readonly ConcurrentQueue<PendingRecord> Pool = new();

    private readonly Action<Ck.DeliveryReport<byte[], byte[]>> _onDelivery;
    private ManualResetValueTaskSourceCore<DeliveryReport> _core = new() { RunContinuationsAsynchronously = true };
    private RecordProducer? _owner;

    private PendingRecord() => _onDelivery = OnDelivery;

    public Ck.Message<byte[], byte[]> Message { get; } = new();

    public TopicLane Lane { get; private set; } = null!;

    /// <summary>Null: the partitioner decides.</summary>
    public int? Partition { get; private set; }

    public Action<Ck.DeliveryReport<byte[], byte[]>> Handler => _onDelivery;

    /// <summary>Neighbours in <see cref="RecordsUnderWay"/>; its lock guards them.</summary>
    public PendingRecord? Next { get; set; }

    public PendingRecord? Previous { get; set; }

    public bool IsListed { get; set; }

    public ValueTask<DeliveryReport> Task => new(this, _core.Version);

    public static PendingRecord Rent(RecordProducer owner, TopicLane lane, in RecordToProduce record)
    {
        if (!Pool.TryDequeue(out var pending))
        {
            pending = new PendingRecord();
        }

        pending._owner = owner;
        pending.Lane = lane;
        pending.Partition = record.Partition;
        var message = pending.Message;
        message.Key = record.HasKey ? record.Key.ToArray() : null!;
        message.Value = record.HasValue ? record.Value.ToArray() : null!;
        message.Timestamp = record.Timestamp is { } ms ? new Ck.Timestamp(ms, Ck.TimestampType.CreateTime) : Ck.Timestamp.Default;
        message.Headers = record.Headers.IsEmpty ? null! : HeadersOf(record.Headers);
        return pending;
    }

    public void Complete(in DeliveryReport report)
    {
        Message.Key = null!;
        Message.Value = null!;
        Message.Headers = null!;
        _core.SetResult(report);
    }

    public void Fail(in KafkaError error) => Complete(DeliveryReport.Failed(error));

    public DeliveryReport GetResult(short token)
    {
        var result = _core.GetResult(token);
        _core.Reset();
        _owner = null;
        Lane = null!;
        if (Pool.Count < MaxPooled)
        {
            Pool.Enqueue(this);
        }

        return result;
    }

    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);

    /// <summary>Called by librdkafka's event thread.</summary>
    private void OnDelivery(Ck.DeliveryReport<byte[], byte[]> report) => _owner!.OnDelivery(this, report);

    private static Ck.Headers HeadersOf(ReadOnlySpan<RecordHeader> headers)
    {
        var copy = new Ck.Headers();
        foreach (var header in headers)
        {
            copy.Add(header.Name, header.Value?.ToArray());
        }

        return copy;
    }
}
