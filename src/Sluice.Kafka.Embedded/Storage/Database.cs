using Microsoft.Data.Sqlite;

namespace Sluice.Kafka.Embedded.Storage;

/// <summary>The one SQLite file and the lock on its directory. One connection writes; others read.</summary>
internal sealed class Database : IDisposable
{
    // FULL: a commit returns once the write-ahead log is on disk. That is what "acknowledged" stands on.
    private const string WriterPragmas = """
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = FULL;
        PRAGMA wal_autocheckpoint = 4000;
        PRAGMA journal_size_limit = 67108864;
        PRAGMA cache_size = -16000;
        PRAGMA temp_store = MEMORY;
        """;

    private const string ReaderPragmas = """
        PRAGMA query_only = ON;
        PRAGMA cache_size = -4000;
        PRAGMA temp_store = MEMORY;
        """;

    private readonly FileStream _lock;
    private readonly string _file;

    private Database(FileStream directoryLock, string file)
    {
        _lock = directoryLock;
        _file = file;
    }

    /// <exception cref="EmbeddedClusterException">The directory is in use, cannot be written, or holds something else.</exception>
    public static Database Open(string directory, TimeProvider time)
    {
        var directoryLock = Lock(directory);
        var database = new Database(directoryLock, Path.Combine(directory, "cluster.db"));
        try
        {
            using var db = database.OpenWriter();
            Migrations.Apply(db, time);
            return database;
        }
        catch (SqliteException e)
        {
            database.Dispose();
            throw new EmbeddedClusterException(
                $"'{database._file}' cannot be opened as the store of a cluster ({e.Message}). Restore it from a copy, or choose another directory.", e);
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    public SqliteConnection OpenWriter() => Connect(SqliteOpenMode.ReadWriteCreate, WriterPragmas);

    public SqliteConnection OpenReader() => Connect(SqliteOpenMode.ReadWrite, ReaderPragmas);

    public void Dispose() => _lock.Dispose();

    // The kernel drops this lock when the process ends, however it ends.
    private static FileStream Lock(string directory)
    {
        var path = Path.Combine(directory, "cluster.lock");
        try
        {
            System.IO.Directory.CreateDirectory(directory);
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new EmbeddedClusterException($"The directory '{directory}' cannot be written: allow it, or choose another directory.", e);
        }
        catch (IOException e) when (File.Exists(path))
        {
            throw new EmbeddedClusterException(
                $"The directory '{directory}' is in use by another Sluice process: stop that one, or choose another directory.", e);
        }
        catch (IOException e)
        {
            throw new EmbeddedClusterException($"The directory '{directory}' cannot be made or used: {e.Message}", e);
        }
    }

    private SqliteConnection Connect(SqliteOpenMode mode, string pragmas)
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = _file, Mode = mode, Pooling = false, DefaultTimeout = 30 }.ToString());
        try
        {
            connection.Open();
            connection.Execute(pragmas);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
