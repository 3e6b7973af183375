using Microsoft.Data.Sqlite;

namespace Sluice.Kafka.Embedded.Storage;

/// <summary>What a change works with: the open transaction, and the state it would become.</summary>
internal sealed class WriteContext(SqliteConnection db, ClusterSnapshot draft)
{
    public SqliteConnection Db { get; } = db;

    public ClusterSnapshot Draft { get; set; } = draft;

    /// <summary>Runs once the change is on disk and published.</summary>
    public Action? AfterCommit { get; set; }
}

/// <summary>An administrative change: checked and made on the writer's thread, inside a savepoint of its own.</summary>
internal abstract class WriteJob : WriteItem
{
    /// <returns>False when nothing of it is to stay: it was refused, or only a check.</returns>
    public abstract bool Run(WriteContext context);

    /// <summary>Tells the caller. Called once the transaction is on disk.</summary>
    public abstract void Complete();

    /// <summary>Tells the caller that the store failed.</summary>
    public abstract void Fail(Exception reason);
}

internal sealed class WriteJob<T>(Func<WriteContext, KafkaResult<T>> change, bool validateOnly) : WriteJob
{
    private readonly TaskCompletionSource<KafkaResult<T>> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private KafkaResult<T> _result;

    public Task<KafkaResult<T>> Done => _done.Task;

    public override bool Run(WriteContext context)
    {
        _result = change(context);
        return _result.IsSuccess && !validateOnly;
    }

    public override void Complete() => _done.TrySetResult(_result);

    public override void Fail(Exception reason)
    {
        if (reason is Microsoft.Data.Sqlite.SqliteException)
        {
            _done.TrySetResult(StorageErrors.WriteFailed);
        }
        else
        {
            _done.TrySetException(reason);
        }
    }
}
