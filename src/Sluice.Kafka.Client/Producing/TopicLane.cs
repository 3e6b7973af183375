using Sluice.Kafka.Client.Wire;
using Ck = Confluent.Kafka;

namespace Sluice.Kafka.Client.Producing;

/// <summary>One topic's way into the producer: knows how many partitions it has, and keeps the records that must wait, in order.</summary>
internal sealed class TopicLane
{
    private const int MaxParked = 100_000;
    private const int KeptPartitions = 1024;

    private static readonly TimeSpan TrustPartitions = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromSeconds(1);

    private readonly RecordProducer _owner;
    private readonly Lock _gate = new();
    private readonly Queue<PendingRecord> _parked = new();
    private Ck.TopicPartition?[] _partitions = []; // made once each: librdkafka's binding wants objects
    private volatile bool _isOpen = true;
    private volatile int _partitionCount; // 0: not known
    private long _asked;
    private bool _pumping;

    public TopicLane(string topic, RecordProducer owner)
    {
        Topic = topic;
        _owner = owner;
        Unpartitioned = new Ck.TopicPartition(topic, Ck.Partition.Any);
    }

    public string Topic { get; }

    public Ck.TopicPartition Unpartitioned { get; }

    private enum Outcome
    {
        Done,
        NoRoom,
        AskFirst,
    }

    public Ck.TopicPartition At(int partition)
    {
        var kept = _partitions;
        return partition < kept.Length
            ? kept[partition] ??= new Ck.TopicPartition(Topic, partition)
            : new Ck.TopicPartition(Topic, partition);
    }

    public void Forget() => _partitionCount = 0;

    /// <summary>HOT: hands the record on, or parks it behind those that wait.</summary>
    public void Submit(PendingRecord pending)
    {
        if (_isOpen && _owner.Reach.IsFresh && TryHand(pending) == Outcome.Done)
        {
            return;
        }

        if (!TryPark(pending, out var mustPump))
        {
            pending.Fail(new KafkaError(KafkaErrorCode.LocalQueueFull, KafkaErrorTexts.Default(KafkaErrorCode.LocalQueueFull)));
        }
        else if (mustPump)
        {
            _ = PumpAsync();
        }
    }

    private bool TryPark(PendingRecord pending, out bool mustPump)
    {
        lock (_gate)
        {
            mustPump = !_pumping;
            if (_parked.Count >= MaxParked)
            {
                return false;
            }

            _isOpen = false;
            _parked.Enqueue(pending);
            _pumping = true;
            return true;
        }
    }

    private Outcome TryHand(PendingRecord pending)
    {
        var count = _partitionCount;
        if (count == 0 || _owner.Time.GetElapsedTime(Volatile.Read(ref _asked)) > TrustPartitions)
        {
            return Outcome.AskFirst;
        }

        if (pending.Partition >= count)
        {
            if (_owner.Time.GetElapsedTime(Volatile.Read(ref _asked)) > AskAgainAfter)
            {
                return Outcome.AskFirst; // it may have grown
            }

            pending.Fail(KafkaError.UnknownTopic);
            return Outcome.Done;
        }

        try
        {
            return _owner.TryHand(pending) ? Outcome.Done : Outcome.NoRoom;
        }
        catch (Ck.KafkaException e)
        {
            pending.Fail(_owner.ErrorOf(e.Error, Topic));
            return Outcome.Done;
        }
    }

    /// <summary>Works off what is parked; one at a time runs for a lane.</summary>
    private async Task PumpAsync()
    {
        while (true)
        {
            PendingRecord pending;
            lock (_gate)
            {
                if (!_parked.TryPeek(out pending!))
                {
                    _isOpen = true;
                    _pumping = false;
                    break;
                }
            }

            var (outcome, error) = await TryAsync(pending);
            if (outcome == Outcome.AskFirst)
            {
                continue;
            }

            if (outcome == Outcome.NoRoom)
            {
                await _owner.RoomAsync();
                continue;
            }

            lock (_gate)
            {
                _parked.Dequeue();
            }

            if (error.Code != KafkaErrorCode.None)
            {
                pending.Fail(error);
            }
        }

        if (_partitionCount == 0)
        {
            _owner.Remove(this);
        }
    }

    /// <summary>Does what the record needs next. <see cref="Outcome.AskFirst"/>: the partitions are known now, so once more.</summary>
    private async Task<(Outcome Outcome, KafkaError Error)> TryAsync(PendingRecord pending)
    {
        try
        {
            var error = await _owner.Reach.CheckAsync();
            if (error.Code != KafkaErrorCode.None)
            {
                return (Outcome.Done, error);
            }

            var outcome = TryHand(pending);
            if (outcome == Outcome.AskFirst)
            {
                error = await AskAsync();
                return error.Code == KafkaErrorCode.None ? (Outcome.AskFirst, default) : (Outcome.Done, error);
            }

            return (outcome, default);
        }
#pragma warning disable CA1031 // Whatever it is ends this record, not the pump: those behind it would wait for ever.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return (Outcome.Done, new KafkaError(KafkaErrorCode.UnknownServerError, $"The record could not be given to the Kafka client ({e.GetType().Name})."));
        }
    }

    /// <summary>How many partitions the topic has. None: it is known now.</summary>
    private async Task<KafkaError> AskAsync()
    {
        try
        {
            var metadata = await _owner.Reach.WatchAsync(ct => _owner.Wire.MetadataAsync([Topic], false, ct), CancellationToken.None);
            var topic = metadata.Topics.FirstOrDefault(t => t.Name == Topic);
            if (topic is null || topic.Partitions.Count == 0)
            {
                _partitionCount = 0;
                var code = topic?.Error ?? KafkaErrorCode.UnknownTopicOrPartition;
                return KafkaErrorTexts.Of(code == KafkaErrorCode.None ? KafkaErrorCode.UnknownTopicOrPartition : code, null, Topic);
            }

            if (_partitions.Length < Math.Min(topic.Partitions.Count, KeptPartitions))
            {
                _partitions = new Ck.TopicPartition?[Math.Min(topic.Partitions.Count, KeptPartitions)];
            }

            Volatile.Write(ref _asked, _owner.Time.GetTimestamp());
            _partitionCount = topic.Partitions.Count;
            return default;
        }
        catch (KafkaFailure e)
        {
            return e.Error;
        }
        catch (ObjectDisposedException)
        {
            return new KafkaError(KafkaErrorCode.NetworkException, "The gateway is closing its connection to the cluster.");
        }
    }
}
