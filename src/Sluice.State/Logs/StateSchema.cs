using Microsoft.Data.Sqlite;

namespace Sluice.State.Logs;

/// <summary>The state file's schema, as numbered steps. Steps are only ever added; <c>PRAGMA user_version</c> says how many are done.</summary>
internal static class StateSchema
{
    // "SLST", so that a wrong file is refused rather than written to.
    private const long ApplicationId = 0x534C5354;

    private static readonly string[] Steps =
    [
        """
        CREATE TABLE change (
            version    INTEGER PRIMARY KEY,
            at         INTEGER NOT NULL, -- milliseconds since 1970, UTC
            author     TEXT NOT NULL,
            request_id TEXT,
            kind       TEXT NOT NULL,
            id         TEXT NOT NULL,
            body       TEXT              -- JSON; NULL: deleted
        ) STRICT;
        CREATE INDEX change_by_resource ON change (kind, id, version);
        """,
    ];

    public static void Migrate(SqliteConnection connection)
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        var done = Scalar(connection, transaction, "PRAGMA user_version");
        var owner = Scalar(connection, transaction, "PRAGMA application_id");
        var tables = Scalar(connection, transaction, "SELECT count(*) FROM sqlite_schema");
        if (owner != ApplicationId && (owner != 0 || tables != 0))
        {
            throw new StateUnavailableException(
                $"{connection.DataSource} is a database, but not one of Sluice's state files. Choose another data directory.");
        }

        if (done > Steps.Length)
        {
            throw new StateUnavailableException(
                $"{connection.DataSource} was written by a newer release (schema {done}, this one knows {Steps.Length}). Use that release.");
        }

        for (var step = (int)done; step < Steps.Length; step++)
        {
            Run(connection, transaction, Steps[step]);
        }

        Run(connection, transaction, $"PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {Steps.Length}");
        transaction.Commit();
    }

    private static long Scalar(SqliteConnection connection, SqliteTransaction transaction, string sql)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }

    private static void Run(SqliteConnection connection, SqliteTransaction transaction, string sql)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
