using System.Collections.Concurrent;
using Sluice.Kafka.Client.Clients;
using Sluice.Kafka.Client.Wire;
using Sluice.Kafka.Records;
using Ck = Confluent.Kafka;

namespace Sluice.Kafka.Client.Producing;

/// <summary>The one idempotent producer of a principal.</summary>
/// <remarks>
/// HOT. On the quick way a record is copied, handed to librdkafka and its pooled task returned. Whatever needs waiting (unknown topic,
/// no sign of life from the cluster, librdkafka's queue is full) parks the record in its topic's lane, which keeps the order.
/// </remarks>
internal sealed class RecordProducer(
    Func<Ck.IProducer<byte[], byte[]>> newProducer, WireClient wire, Reachability reach, BrokerReminder reminder, TimeProvider time) : IDisposable
{
    private static readonly KafkaError Shutdown = new(
        KafkaErrorCode.NetworkException, "The gateway closed its connection before the record was acknowledged. It may or may not have been stored.");

    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, TopicLane> _lanes = new(StringComparer.Ordinal);
    private readonly RecordsUnderWay _underWay = new();
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _room = new(0);
    private Ck.IProducer<byte[], byte[]>? _producer;
    private int _waitingForRoom;
    private ITimer? _watch;
    private long _lastStored;
    private volatile Ck.ErrorCode _fatal;

    /// <summary>Records that librdkafka has and has not reported yet.</summary>
    public int UnderWay => _underWay.Count;

    public Reachability Reach => reach;

    public WireClient Wire => wire;

    public TimeProvider Time => time;

    public ValueTask<DeliveryReport> ProduceAsync(in RecordToProduce record)
    {
        if (!_lanes.TryGetValue(record.Topic, out var lane))
        {
            if (!TopicNames.IsLegal(record.Topic))
            {
                return new(DeliveryReport.Failed(new KafkaError(KafkaErrorCode.InvalidTopic, KafkaErrorTexts.Default(KafkaErrorCode.InvalidTopic))));
            }

            lane = _lanes.GetOrAdd(record.Topic, static (name, self) => new TopicLane(name, self), this);
        }

        if (record.Partition is < 0)
        {
            return new(DeliveryReport.Failed(KafkaError.UnknownTopic));
        }

        var pending = PendingRecord.Rent(this, lane, record);
        var task = pending.Task; // before it can complete: completing lets it be rented again
        lane.Submit(pending);
        return task;
    }

    public void ForgetTopic(string topic)
    {
        if (_lanes.TryGetValue(topic, out var lane))
        {
            lane.Forget();
        }
    }

    /// <summary>A lane whose topic turned out not to exist is not kept: names come from clients.</summary>
    public void Remove(TopicLane lane) => _lanes.TryRemove(new KeyValuePair<string, TopicLane>(lane.Topic, lane));

    /// <summary>Gives a record to librdkafka. False: its queue is full.</summary>
    /// <exception cref="Ck.KafkaException">librdkafka refused it.</exception>
    public bool TryHand(PendingRecord pending)
    {
        if (_underWay.Add(pending))
        {
            Volatile.Write(ref _lastStored, time.GetTimestamp()); // the silence begins here
        }

        try
        {
            var partition = pending.Partition is { } p ? pending.Lane.At(p) : pending.Lane.Unpartitioned;
            Current().Produce(partition, pending.Message, pending.Handler);
            return true;
        }
        catch (Ck.KafkaException e)
        {
            _underWay.TryRemove(pending);
            if (IsFatal(e.Error))
            {
                Replace();
            }

            if (e.Error.Code == Ck.ErrorCode.Local_QueueFull)
            {
                return false;
            }

            throw;
        }
    }

    /// <summary>Waits until librdkafka has reported something, so that its queue has room.</summary>
    public async Task RoomAsync()
    {
        Interlocked.Increment(ref _waitingForRoom);
        await _room.WaitAsync(TimeSpan.FromMilliseconds(100));
        Interlocked.Decrement(ref _waitingForRoom);
    }

    /// <summary>Called by librdkafka's event thread.</summary>
    public void OnDelivery(PendingRecord pending, Ck.DeliveryReport<byte[], byte[]> report)
    {
        if (!_underWay.TryRemove(pending))
        {
            return; // abandoned: its caller has been told
        }

        if (Volatile.Read(ref _waitingForRoom) > 0)
        {
            _room.Release();
        }

        if (!report.Error.IsError)
        {
            reach.Heard();
            Volatile.Write(ref _lastStored, time.GetTimestamp());
            pending.Complete(new DeliveryReport(default, report.Partition.Value, report.Offset.Value, report.Timestamp.UnixTimestampMs));
            return;
        }

        if (IsFatal(report.Error))
        {
            Replace();
        }

        var error = ErrorOf(report.Error, pending.Lane.Topic);
        if (error.Code is KafkaErrorCode.UnknownTopicOrPartition or KafkaErrorCode.TopicAuthorizationFailed)
        {
            pending.Lane.Forget();
        }

        pending.Fail(error);
    }

    /// <summary>Waits, on the calling thread, for what is under way.</summary>
    public void Drain(TimeSpan limit) => _producer?.Flush(limit);

    /// <summary>A newer token for the producer that is there now.</summary>
    public void Renew(Action<Ck.IClient> set)
    {
        if (_producer is { } current)
        {
            set(current);
        }
    }

    /// <summary>Blocks: librdkafka ends its threads.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _watch?.Dispose();
        }

        Interlocked.Exchange(ref _producer, null)?.Dispose();
    }

    /// <summary>librdkafka reported an error after which its producer is of no use any more.</summary>
    /// <param name="producer">Which one: it may have been replaced already, or be none of these.</param>
    /// <param name="code">The error that was fatal to it.</param>
    public void OnFatal(Ck.IClient producer, Ck.ErrorCode code)
    {
        _fatal = code;
        if (ReferenceEquals(producer, _producer))
        {
            Replace();
        }
    }

    /// <summary>What librdkafka says of a record, or of the producer that had it.</summary>
    public KafkaError ErrorOf(Ck.Error error, string topic) =>
        IsFatal(error) || (_fatal != Ck.ErrorCode.NoError && IsPurged(error)) ? FatalError(topic) : KafkaErrorTexts.Of(error, topic);

    /// <summary>Answers whoever still waits. After this librdkafka reports nothing any more.</summary>
    public void Abandon()
    {
        while (_underWay.Take() is { } pending)
        {
            pending.Fail(Shutdown);
        }
    }

    public void Dispose() => _room.Dispose();

    // A producer that failed throws away what it still has.
    private static bool IsPurged(Ck.Error error) => error.Code is Ck.ErrorCode.Local_PurgeQueue or Ck.ErrorCode.Local_PurgeInflight;

    private static bool IsFatal(Ck.Error error) => error.IsFatal || error.Code == Ck.ErrorCode.Local_Fatal;

    /// <summary>
    /// A principal that may write nowhere gets no producer id, which librdkafka takes for fatal; since KIP-679 the right to write a topic is
    /// all it needs, so that is what the caller is told.
    /// </summary>
    private KafkaError FatalError(string topic) => _fatal is Ck.ErrorCode.ClusterAuthorizationFailed or Ck.ErrorCode.TopicAuthorizationFailed
        ? KafkaErrorTexts.Of(KafkaErrorCode.TopicAuthorizationFailed, null, topic)
        : new KafkaError(KafkaErrorCode.UnknownServerError, $"The gateway's producer failed and was replaced ({_fatal}). The record may or may not have been stored.");

    private Ck.IProducer<byte[], byte[]> Current()
    {
        if (_producer is { } current)
        {
            return current;
        }

        lock (_gate)
        {
            _watch ??= time.CreateTimer(_ => Watch(), null, Silence / 2, Silence / 2);
            return _producer ??= newProducer();
        }
    }

    /// <summary>Records wait and none is stored: if the cluster answers, librdkafka may have forgotten where it is.</summary>
    private void Watch()
    {
        if (UnderWay > 0 && time.GetElapsedTime(Volatile.Read(ref _lastStored)) > Silence)
        {
            _ = RemindAsync();
        }

        async Task RemindAsync()
        {
            if ((await reach.CheckAsync()).Code == KafkaErrorCode.None && _producer is { } producer)
            {
                reminder.Remind(producer);
            }
        }
    }

    /// <summary>The next record gets a new producer. Disposal blocks, and must not run on the old one's event thread.</summary>
    private void Replace()
    {
        var old = Interlocked.Exchange(ref _producer, null);
        if (old is not null)
        {
            _ = Task.Factory.StartNew(
                () =>
                {
                    old.Flush(TimeSpan.FromSeconds(5)); // reports what it still has
                    old.Dispose();
                },
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default);
        }
    }
}
