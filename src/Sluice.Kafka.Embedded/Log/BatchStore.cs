using Microsoft.Data.Sqlite;

using SQLitePCL;

namespace Sluice.Kafka.Embedded.Log;

/// <summary>The statements of the hot path, prepared once on the writer's connection and run without allocating.</summary>
/// <remarks>HOT. Microsoft.Data.Sqlite allocates for each execution and takes blobs only as arrays of their own, hence the raw calls.</remarks>
internal sealed class BatchStore : IDisposable
{
    private const string InsertData = "INSERT INTO batch_data (data) VALUES (?1)";

    private const string InsertBatch = """
        INSERT INTO batches (partition_id, base_offset, last_offset, max_timestamp, bytes, data_id) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
        """;

    private readonly sqlite3 _db;
    private readonly sqlite3_stmt _begin;
    private readonly sqlite3_stmt _commit;
    private readonly sqlite3_stmt _rollback;
    private readonly sqlite3_stmt _insertData;
    private readonly sqlite3_stmt _insertBatch;

    public BatchStore(SqliteConnection connection)
    {
        _db = connection.Handle!;
        _begin = Prepare("BEGIN IMMEDIATE");
        _commit = Prepare("COMMIT");
        _rollback = Prepare("ROLLBACK");
        _insertData = Prepare(InsertData);
        _insertBatch = Prepare(InsertBatch);
    }

    public void Begin()
    {
        // After a failure that could not be rolled back at the time.
        Rollback();
        Run(_begin);
    }

    /// <summary>Returns once the transaction is on disk.</summary>
    public void Commit() => Run(_commit);

    /// <summary>Does nothing when SQLite has already rolled back by itself, as it does on a full disk.</summary>
    public void Rollback()
    {
        if (raw.sqlite3_get_autocommit(_db) == 0)
        {
            Run(_rollback);
        }
    }

    public void Insert(PartitionLog partition, BatchBuilder batch)
    {
        var blob = batch.Finish();
        Check(raw.sqlite3_bind_blob(_insertData, 1, blob));
        Run(_insertData);
        raw.sqlite3_clear_bindings(_insertData);

        Check(raw.sqlite3_bind_int64(_insertBatch, 1, partition.Id));
        Check(raw.sqlite3_bind_int64(_insertBatch, 2, batch.BaseOffset));
        Check(raw.sqlite3_bind_int64(_insertBatch, 3, batch.LastOffset));
        Check(raw.sqlite3_bind_int64(_insertBatch, 4, batch.MaxTimestamp));
        Check(raw.sqlite3_bind_int64(_insertBatch, 5, blob.Length));
        Check(raw.sqlite3_bind_int64(_insertBatch, 6, raw.sqlite3_last_insert_rowid(_db)));
        Run(_insertBatch);
    }

    public void Dispose()
    {
        _begin.Dispose();
        _commit.Dispose();
        _rollback.Dispose();
        _insertData.Dispose();
        _insertBatch.Dispose();
    }

    private sqlite3_stmt Prepare(string sql)
    {
        Check(raw.sqlite3_prepare_v3(_db, sql, raw.SQLITE_PREPARE_PERSISTENT, out var statement));
        return statement;
    }

    private void Run(sqlite3_stmt statement)
    {
        var result = raw.sqlite3_step(statement);
        if (result == raw.SQLITE_DONE)
        {
            raw.sqlite3_reset(statement);
            return;
        }

        Check(raw.sqlite3_reset(statement));
        throw new SqliteException($"Unexpected result {result} of a statement.", result);
    }

    private void Check(int result)
    {
        if (result != raw.SQLITE_OK)
        {
            throw new SqliteException(raw.sqlite3_errmsg(_db).utf8_to_string(), result, raw.sqlite3_extended_errcode(_db));
        }
    }
}
