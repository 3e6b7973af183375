using System.Runtime.InteropServices;

using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

using Sluice.Kafka.Embedded.Log;

namespace Sluice.Kafka.Embedded.Storage;

/// <summary>
/// The one thread that writes. Everything that waits is taken at once: a run of records becomes one transaction, a run of changes another,
/// in the order in which they came.
/// </summary>
/// <remarks>
/// A thread of its own, because it spends its life waiting for the disk. Bounded by bytes: see <see cref="TryEnqueue"/>.
/// The published snapshot is replaced only here, after the commit.
/// </remarks>
internal sealed partial class Writer : IAsyncDisposable
{
    // Bounds how long a first record waits for the transaction that it shares.
    private const int MaxTransactionBytes = 8 * 1024 * 1024;

    // What a queued record takes besides its body.
    private const int Overhead = 256;

    private readonly Lock _gate = new();
    private readonly AutoResetEvent _wake = new(initialState: false);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SqliteConnection _db;
    private readonly BatchStore _store;
    private readonly RecordAppender _appender;
    private readonly long _maxQueuedBytes;
    private readonly ILogger _logger;
    private readonly List<PendingRecord> _run = [];
    private ClusterSnapshot _current;
    private List<WriteItem> _incoming = [];
    private List<WriteItem> _taken = [];
    private long _queuedBytes;
    private bool _idle;
    private bool _closing;

    public Writer(SqliteConnection db, ClusterSnapshot current, long maxQueuedBytes, TimeProvider time, ILogger logger)
    {
        _db = db;
        _store = new(db);
        _appender = new(_store, time);
        _current = current;
        _maxQueuedBytes = maxQueuedBytes;
        _logger = logger;
        new Thread(Loop) { IsBackground = true, Name = "sluice embedded writer" }.Start();
    }

    /// <summary>As last committed.</summary>
    public ClusterSnapshot Current => Volatile.Read(ref _current);

    /// <summary>Bytes that wait for the disk.</summary>
    public long QueuedBytes => Interlocked.Read(ref _queuedBytes);

    /// <summary>Queues a record.</summary>
    /// <returns><see cref="KafkaErrorCode.None"/>, or why it was not taken; the record is then still the caller's.</returns>
    public KafkaError TryEnqueue(PendingRecord record)
    {
        var bytes = record.Length + Overhead;
        bool wake;
        lock (_gate)
        {
            if (_closing)
            {
                return StorageErrors.Closed;
            }

            if (_queuedBytes + bytes > _maxQueuedBytes && _queuedBytes > 0)
            {
                return StorageErrors.QueueFull;
            }

            _queuedBytes += bytes;
            _incoming.Add(record);
            wake = _idle;
            _idle = false;
        }

        if (wake)
        {
            _wake.Set();
        }

        return default;
    }

    /// <summary>Runs a change on the writer's thread and returns once it is on disk.</summary>
    /// <param name="change">Checks, writes to the transaction, and replaces the draft. An error undoes all of it.</param>
    /// <param name="validateOnly">Undo it in any case.</param>
    /// <param name="cancellationToken">Stops waiting; the change may still happen.</param>
    public Task<KafkaResult<T>> RunAsync<T>(
        Func<WriteContext, KafkaResult<T>> change, bool validateOnly, CancellationToken cancellationToken)
    {
        var job = new WriteJob<T>(change, validateOnly);
        bool wake;
        lock (_gate)
        {
            if (_closing)
            {
                return Task.FromResult<KafkaResult<T>>(StorageErrors.Closed);
            }

            _incoming.Add(job);
            wake = _idle;
            _idle = false;
        }

        if (wake)
        {
            _wake.Set();
        }

        return job.Done.WaitAsync(cancellationToken);
    }

    /// <summary>Writes what is queued, then ends the thread and closes the connection.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _closing = true;
            _idle = false;
        }

        _wake.Set();
        await _ended.Task;
    }

    private void Loop()
    {
        while (Take())
        {
            var at = 0;
            while (at < _taken.Count)
            {
                at = _taken[at] is PendingRecord ? WriteRecords(at) : RunJobs(at);
            }

            _taken.Clear();
        }

        _store.Dispose();
        _db.Dispose();
        _wake.Dispose();
        _ended.SetResult();
    }

    private bool Take()
    {
        while (true)
        {
            lock (_gate)
            {
                if (_incoming.Count > 0)
                {
                    (_taken, _incoming) = (_incoming, _taken);
                    return true;
                }

                if (_closing)
                {
                    return false;
                }

                _idle = true;
            }

            _wake.WaitOne();
        }
    }

    private int WriteRecords(int at)
    {
        var bytes = 0L;
        while (at < _taken.Count && bytes < MaxTransactionBytes && _taken[at] is PendingRecord record)
        {
            bytes += record.Length + Overhead;
            _run.Add(record);
            at++;
        }

        try
        {
            _appender.Append(CollectionsMarshal.AsSpan(_run));
        }
#pragma warning disable CA1031 // Whatever went wrong, every record of the run gets its report and the writer lives on.
        catch (Exception e)
        {
            AppendFailed(_logger, _run.Count, e);
            foreach (var record in _run)
            {
                record.Fail(StorageErrors.WriteFailed);
            }
        }
#pragma warning restore CA1031

        _run.Clear();
        lock (_gate)
        {
            _queuedBytes -= bytes;
        }

        return at;
    }

    private int RunJobs(int first)
    {
        var end = first + 1;
        while (end < _taken.Count && _taken[end] is WriteJob)
        {
            end++;
        }

        var context = new WriteContext(_db, Current);
        try
        {
            _store.Begin();
            for (var i = first; i < end; i++)
            {
                Run((WriteJob)_taken[i], context);
            }

            _store.Commit();
        }
#pragma warning disable CA1031 // As above: the callers hear of it, the writer lives on.
        catch (Exception e)
        {
            TryRollback();
            ChangeFailed(_logger, e);
            for (var i = first; i < end; i++)
            {
                ((WriteJob)_taken[i]).Fail(e);
            }

            return end;
        }
#pragma warning restore CA1031

        Volatile.Write(ref _current, context.Draft);
        context.AfterCommit?.Invoke();
        for (var i = first; i < end; i++)
        {
            ((WriteJob)_taken[i]).Complete();
        }

        return end;
    }

    private void Run(WriteJob job, WriteContext context)
    {
        var (draft, afterCommit) = (context.Draft, context.AfterCommit);
        _db.Execute("SAVEPOINT change");
        var keep = false;
        try
        {
            keep = job.Run(context);
        }
#pragma warning disable CA1031 // One change that goes wrong must not take its neighbours along.
        catch (Exception e)
        {
            ChangeFailed(_logger, e);
            job.Fail(e);
        }
#pragma warning restore CA1031

        if (!keep)
        {
            (context.Draft, context.AfterCommit) = (draft, afterCommit);
            _db.Execute("ROLLBACK TO change");
        }

        _db.Execute("RELEASE change");
    }

    private void TryRollback()
    {
        try
        {
            _store.Rollback();
        }
        catch (SqliteException e)
        {
            ChangeFailed(_logger, e);
        }
    }

    [LoggerMessage(EventId = 4001, Level = LogLevel.Error, Message = "Storing {Count} records failed; their senders were told")]
    private static partial void AppendFailed(ILogger logger, int count, Exception exception);

    [LoggerMessage(EventId = 4002, Level = LogLevel.Error, Message = "Storing a change failed; its sender was told")]
    private static partial void ChangeFailed(ILogger logger, Exception exception);
}
