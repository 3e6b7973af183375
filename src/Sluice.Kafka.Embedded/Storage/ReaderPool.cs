using System.Collections.Concurrent;

using Microsoft.Data.Sqlite;

namespace Sluice.Kafka.Embedded.Storage;

/// <summary>A few connections that only read. A read sees what was committed when it began and never waits for the writer.</summary>
internal sealed class ReaderPool(Database database) : IDisposable
{
    private const int Size = 4;

    private readonly SemaphoreSlim _slots = new(Size);
    private readonly ConcurrentBag<SqliteConnection> _free = [];
    private volatile bool _closed;

    /// <summary>Runs <paramref name="read"/> on a pool thread, once a connection is free.</summary>
    public async Task<T> RunAsync<T>(Func<SqliteConnection, T> read, CancellationToken cancellationToken)
    {
        await _slots.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(() => Run(read), cancellationToken);
        }
        finally
        {
            _slots.Release();
        }
    }

    public void Dispose()
    {
        _closed = true;
        while (_free.TryTake(out var db))
        {
            db.Dispose();
        }
    }

    private T Run<T>(Func<SqliteConnection, T> read)
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        if (!_free.TryTake(out var db))
        {
            db = database.OpenReader();
        }

        try
        {
            return read(db);
        }
        finally
        {
            if (_closed)
            {
                db.Dispose();
            }
            else
            {
                _free.Add(db);
            }
        }
    }
}
