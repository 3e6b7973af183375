using System.Threading.Channels;
using Sluice.State.Logs;

namespace Sluice.State;

/// <summary>A change log and the state it folds to.</summary>
/// <remarks>
/// One writer: decisions wait in a queue and are made one after the other, each over the outcome of the one before. All that are waiting
/// are appended together (one fsync), then published together, then answered. A decision never sees, and never answers from, a change
/// that is not on disk by the time it is answered.
/// </remarks>
public sealed class StateStore : IStateStore, IAsyncDisposable
{
    private const int QueueLength = 1024;
    private const int LargestBatch = 256;
    private const int ReadAtOnce = 5_000;

    // Full: callers wait, asynchronously and in order.
    private readonly Channel<IPending> _queue = Channel.CreateBounded<IPending>(new BoundedChannelOptions(QueueLength) { SingleReader = true });
    private readonly IChangeLog _log;
    private readonly TimeProvider _time;
    private readonly Task _writer;
    private volatile GatewayState _current;

    private StateStore(IChangeLog log, GatewayState state, TimeProvider time)
    {
        _log = log;
        _current = state;
        _time = time;
        _writer = Task.Run(WriteAsync);
    }

    public GatewayState Current => _current;

    /// <summary>Folds the log. Takes ownership of it.</summary>
    /// <param name="log">Where changes are kept.</param>
    /// <param name="declared">What configuration declares: it is there from the start, wins over the log, and cannot be changed.</param>
    /// <param name="time">Stamps changes.</param>
    /// <exception cref="StateUnavailableException">The log cannot be read.</exception>
    public static async Task<StateStore> OpenAsync(IChangeLog log, IEnumerable<IStateResource> declared, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(log);
        ArgumentNullException.ThrowIfNull(time);
        return new StateStore(log, await CatchUpAsync(log, GatewayState.Empty.WithDeclared(declared)), time);
    }

    public async Task<T> UpdateAsync<T>(ChangeAuthor author, Func<GatewayState, Update<T>> decide, CancellationToken cancellationToken)
    {
        var pending = new Pending<T>(author, decide, cancellationToken);
        try
        {
            await _queue.Writer.WriteAsync(pending, cancellationToken);
        }
        catch (ChannelClosedException e)
        {
            throw new StateUnavailableException("The gateway is shutting down.", e);
        }

        return await pending.Answer;
    }

    public Task<IReadOnlyList<ChangeRecord>> ReadHistoryAsync(HistoryQuery query, CancellationToken cancellationToken) =>
        Task.Run(() => _log.Read(query), cancellationToken);

    /// <summary>Finishes what is queued, then closes the log.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _writer;
        _log.Dispose();
    }

    private static async Task<GatewayState> CatchUpAsync(IChangeLog log, GatewayState state)
    {
        var fold = new StateFold(state);
        var version = state.Version;
        var reading = ReadAfterAsync(log, version);
        while (await reading is { Count: > 0 } records)
        {
            // Reads ahead while it folds: at start there may be much of both.
            version = records[^1].Version;
            reading = ReadAfterAsync(log, version);
            foreach (var record in records)
            {
                fold.Apply(record);
            }
        }

        return fold.ToState(version);
    }

    private static Task<IReadOnlyList<ChangeRecord>> ReadAfterAsync(IChangeLog log, long version) =>
        Task.Run(() => log.Read(new HistoryQuery(version, ReadAtOnce)));

    private async Task WriteAsync()
    {
        var batch = new List<IPending>(LargestBatch);
        while (await _queue.Reader.WaitToReadAsync())
        {
            batch.Clear();
            while (batch.Count < LargestBatch && _queue.Reader.TryRead(out var pending))
            {
                batch.Add(pending);
            }

            await WriteBatchAsync(batch);
        }
    }

    private async Task WriteBatchAsync(List<IPending> batch)
    {
        try
        {
            while (true)
            {
                var at = DateTimeOffset.FromUnixTimeMilliseconds(_time.GetUtcNow().ToUnixTimeMilliseconds());
                var state = _current;
                var records = new List<ChangeRecord>();
                foreach (var pending in batch)
                {
                    state = Decide(pending, state, at, records);
                }

                if (records.Count == 0 || _log.TryAppend(_current.Version, records))
                {
                    _current = state;
                    break;
                }

                _current = await CatchUpAsync(_log, _current);
            }
        }
        catch (Exception e)
        {
            // Whatever went wrong, each caller hears of it and the writer lives on.
            foreach (var pending in batch)
            {
                pending.Fail(e);
            }

            return;
        }

        foreach (var pending in batch)
        {
            pending.Complete();
        }
    }

    private static GatewayState Decide(IPending pending, GatewayState state, DateTimeOffset at, List<ChangeRecord> records)
    {
        var changes = pending.Decide(state);
        if (changes.Count > 0)
        {
            var fold = new StateFold(state);
            var version = state.Version;
            foreach (var change in changes)
            {
                var record = new ChangeRecord(++version, at, pending.Author, change.Kind, change.Id, change.After);
                fold.Apply(record);
                records.Add(record);
            }

            state = fold.ToState(version);
        }

        pending.Conclude(state);
        return state;
    }

    private interface IPending
    {
        ChangeAuthor Author { get; }

        /// <summary>What to write; nothing when the decision fails.</summary>
        IReadOnlyList<Change> Decide(GatewayState state);

        /// <summary>Works out the answer from the state after the changes.</summary>
        void Conclude(GatewayState state);

        void Complete();

        void Fail(Exception reason);
    }

    private sealed class Pending<T>(ChangeAuthor author, Func<GatewayState, Update<T>> decide, CancellationToken cancellationToken) : IPending
    {
        private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private Func<GatewayState, T>? _answerFrom;
        private T? _result;
        private Exception? _failure;

        public ChangeAuthor Author => author;

        public Task<T> Answer => _answer.Task;

        public IReadOnlyList<Change> Decide(GatewayState state)
        {
            _failure = null;
            try
            {
                cancellationToken.ThrowIfCancellationRequested();
                var update = decide(state);
                foreach (var change in update.Changes)
                {
                    if (state.Find(change.Kind, change.Id) is { Metadata.IsDeclared: true })
                    {
                        throw new InvalidOperationException($"{change.Kind} {change.Id} is declared in configuration and cannot be changed.");
                    }
                }

                _answerFrom = update.Answer;
                return update.Changes;
            }
            catch (Exception e)
            {
                // A decision that throws fails alone: the others in its batch are not to suffer.
                _failure = e;
                return [];
            }
        }

        public void Conclude(GatewayState state)
        {
            if (_failure is not null)
            {
                return;
            }

            try
            {
                _result = _answerFrom!(state);
            }
            catch (Exception e)
            {
                _failure = e;
            }
        }

        public void Complete()
        {
            switch (_failure)
            {
                case null:
                    _answer.TrySetResult(_result!);
                    break;
                case OperationCanceledException when cancellationToken.IsCancellationRequested:
                    _answer.TrySetCanceled(cancellationToken);
                    break;
                default:
                    _answer.TrySetException(_failure);
                    break;
            }
        }

        public void Fail(Exception reason) => _answer.TrySetException(reason);
    }
}
