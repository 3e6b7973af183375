using System.Collections.Frozen;
using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Sluice.State.Logs;

/// <summary>The log in one SQLite file. A record that was appended survives the end of the process and of the machine's power.</summary>
/// <remarks>
/// WAL with synchronous=FULL: each commit is one append to the WAL and one fsync. A lock file keeps a second gateway from using the same
/// file: it would not see what the first one changes.
/// </remarks>
public sealed class SqliteChangeLog : IChangeLog
{
    private const string SelectSql =
        """
        SELECT version, at, author, request_id, kind, id, body FROM change
        WHERE version > $after AND ($kind IS NULL OR kind = $kind) AND ($id IS NULL OR id = $id)
        ORDER BY version LIMIT $limit
        """;

    private const string InsertSql =
        "INSERT INTO change (version, at, author, request_id, kind, id, body) VALUES ($version, $at, $author, $request, $kind, $id, $body)";

    private static readonly FrozenDictionary<string, ResourceKind> Kinds =
        Enum.GetValues<ResourceKind>().ToFrozenDictionary(k => k.ToString(), StringComparer.Ordinal);

    private readonly FileStream _lockFile;
    private readonly SqliteConnection _writer;
    private readonly string _connectionString;

    private SqliteChangeLog(FileStream lockFile, SqliteConnection writer, string connectionString)
    {
        _lockFile = lockFile;
        _writer = writer;
        _connectionString = connectionString;
    }

    /// <summary>Opens the file, or makes it, and brings its schema up to date.</summary>
    /// <exception cref="StateUnavailableException">In use by another gateway, not readable, or written by a newer release.</exception>
    public static SqliteChangeLog Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        path = Path.GetFullPath(path);
        FileStream? lockFile = null;
        SqliteConnection? connection = null;
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            lockFile = TakeLock(path + ".lock");
            CreateOwnerOnly(path);
            var connectionString = new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString();
            connection = Connect(connectionString);
            Execute(connection, "PRAGMA journal_mode = WAL");
            Execute(connection, "PRAGMA synchronous = FULL");
            StateSchema.Migrate(connection);
            return new SqliteChangeLog(lockFile, connection, connectionString);
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException or StateUnavailableException)
        {
            connection?.Dispose();
            lockFile?.Dispose();
            throw e as StateUnavailableException ?? new StateUnavailableException(
                $"The state file {path} cannot be opened: {e.Message} Check that it is a Sluice state file and that this user may write it.", e);
        }
    }

    public IReadOnlyList<ChangeRecord> Read(HistoryQuery query)
    {
        try
        {
            // A connection of its own: SQLite readers do not wait for the writer, but a connection serves one thread at a time.
            using var connection = Connect(_connectionString);
            using var command = connection.CreateCommand();
            command.CommandText = SelectSql;
            command.Parameters.AddWithValue("$after", query.After);
            command.Parameters.AddWithValue("$kind", (object?)query.Kind?.ToString() ?? DBNull.Value);
            command.Parameters.AddWithValue("$id", (object?)query.Id ?? DBNull.Value);
            command.Parameters.AddWithValue("$limit", query.Limit);
            using var reader = command.ExecuteReader();
            var records = new List<ChangeRecord>();
            while (reader.Read())
            {
                records.Add(ToRecord(reader));
            }

            return records;
        }
        catch (SqliteException e)
        {
            throw new StateUnavailableException($"The state file cannot be read: {e.Message}", e);
        }
    }

    public bool TryAppend(long expectedVersion, IReadOnlyList<ChangeRecord> records)
    {
        try
        {
            using var transaction = _writer.BeginTransaction(deferred: false);
            using var command = _writer.CreateCommand();
            command.Transaction = transaction;
            command.CommandText = "SELECT coalesce(max(version), 0) FROM change";
            if ((long)command.ExecuteScalar()! != expectedVersion)
            {
                return false;
            }

            Insert(command, records);
            transaction.Commit();
            return true;
        }
        catch (SqliteException e)
        {
            throw new StateUnavailableException($"The state file cannot be written: {e.Message}", e);
        }
    }

    public void Dispose()
    {
        _writer.Dispose();
        _lockFile.Dispose();
    }

    private static void Insert(SqliteCommand command, IReadOnlyList<ChangeRecord> records)
    {
        command.CommandText = InsertSql;
        var version = command.Parameters.Add("$version", SqliteType.Integer);
        var at = command.Parameters.Add("$at", SqliteType.Integer);
        var author = command.Parameters.Add("$author", SqliteType.Text);
        var request = command.Parameters.Add("$request", SqliteType.Text);
        var kind = command.Parameters.Add("$kind", SqliteType.Text);
        var id = command.Parameters.Add("$id", SqliteType.Text);
        var body = command.Parameters.Add("$body", SqliteType.Text);
        foreach (var record in records)
        {
            version.Value = record.Version;
            at.Value = record.At.ToUnixTimeMilliseconds();
            author.Value = record.Author.Principal;
            request.Value = (object?)record.Author.RequestId ?? DBNull.Value;
            kind.Value = record.Kind.ToString();
            id.Value = record.Id;
            body.Value = record.After is null ? DBNull.Value : Encoding.UTF8.GetString(StateJson.Write(record.After));
            command.ExecuteNonQuery();
        }
    }

    private static ChangeRecord ToRecord(SqliteDataReader row)
    {
        var version = row.GetInt64(0);
        if (!Kinds.TryGetValue(row.GetString(4), out var kind))
        {
            throw new StateUnavailableException(
                $"Change {version} of the state file is of kind '{row.GetString(4)}', which this release does not know. Use the release that wrote it, or a newer one.");
        }

        try
        {
            return new ChangeRecord(
                version,
                DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1)),
                new ChangeAuthor(row.GetString(2), row.IsDBNull(3) ? null : row.GetString(3)),
                kind,
                row.GetString(5),
                row.IsDBNull(6) ? null : StateJson.Read(kind, row.GetFieldValue<byte[]>(6)));
        }
        catch (JsonException e)
        {
            throw new StateUnavailableException($"Change {version} of the state file is not readable: {e.Message}", e);
        }
    }

    private static FileStream TakeLock(string path)
    {
        try
        {
            // The kernel drops this lock with the process, however it ends.
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e)
        {
            throw new StateUnavailableException(
                $"{path} is locked: another gateway uses this state file. Stop it, or give this one a data directory of its own.", e);
        }
    }

    private static SqliteConnection Connect(string connectionString)
    {
        var connection = new SqliteConnection(connectionString);
        connection.Open();
        Execute(connection, "PRAGMA busy_timeout = 5000");
        return connection;
    }

    // SQLite gives its side files the mode of the main one.
    private static void CreateOwnerOnly(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        new FileStream(path, options).Dispose();
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
