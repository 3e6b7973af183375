using System.Buffers.Text;
using System.Security.Cryptography;

using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

using Sluice.Kafka.Acls;
using Sluice.Kafka.Embedded.Acls;
using Sluice.Kafka.Embedded.Retention;
using Sluice.Kafka.Embedded.Storage;

namespace Sluice.Kafka.Embedded;

/// <summary>
/// A Kafka cluster of one broker inside this process: durable, in one SQLite file, for laptops, CI and small sites.
/// What differs from Kafka on purpose is in <c>docs/embedded.md</c>.
/// </summary>
public sealed class EmbeddedCluster : IClusterConnection
{
    private readonly Database _database;
    private readonly Writer _writer;
    private readonly ReaderPool _readers;
    private readonly EmbeddedView _view;
    private readonly Cleaner _cleaner;
    private int _disposed;

    private EmbeddedCluster(Database database, Writer writer, ReaderPool readers, EmbeddedView view, Cleaner cleaner, string clusterId)
    {
        _database = database;
        _writer = writer;
        _readers = readers;
        _view = view;
        _cleaner = cleaner;
        ClusterId = clusterId;
        Acls = new StoredAcls(writer);
    }

    /// <inheritdoc/>
    public string ClusterId { get; }

    /// <inheritdoc/>
    public IAclFeed Acls { get; }

    /// <summary>Bytes of records that wait for the disk now.</summary>
    public long QueuedBytes => _writer.QueuedBytes;

    /// <summary>Opens the cluster kept in a directory, or makes a new one there. Recovers by itself from a killed process.</summary>
    /// <exception cref="EmbeddedClusterException">It cannot be opened; the message says what to do.</exception>
    public static Task<EmbeddedCluster> OpenAsync(EmbeddedClusterOptions options, TimeProvider time, ILoggerFactory? loggers = null)
    {
        OptionRules.Check(options);
        return Task.Run(() => Open(options, time, loggers ?? NullLoggerFactory.Instance));
    }

    /// <summary>The cluster as anyone sees it: callers are told apart by the gateway, not here.</summary>
    public ICluster For(ClusterCaller caller) => _view;

    /// <summary>Stores what is queued, then closes the files.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        await _cleaner.DisposeAsync();
        await _writer.DisposeAsync();
        _readers.Dispose();
        _database.Dispose();
    }

    private static EmbeddedCluster Open(EmbeddedClusterOptions options, TimeProvider time, ILoggerFactory loggers)
    {
        var database = Database.Open(options.Directory, time);
        SqliteConnection? db = null;
        try
        {
            db = database.OpenWriter();
            var kafkaId = EnsureClusterId(db);
            var snapshot = SnapshotLoader.Load(db, EmbeddedView.BrokerName(options));
            var readers = new ReaderPool(database);
            var logger = loggers.CreateLogger<EmbeddedCluster>();
            var writer = new Writer(db, snapshot, options.MaxQueuedBytes, time, logger);
            var view = new EmbeddedView(writer, readers, options, kafkaId, time);
            return new(database, writer, readers, view, new Cleaner(writer, options, time, logger), options.ClusterId ?? kafkaId);
        }
        catch (Exception e)
        {
            db?.Dispose();
            database.Dispose();
            if (e is SqliteException)
            {
                throw new EmbeddedClusterException(
                    $"The store in '{options.Directory}' cannot be read ({e.Message}). Restore it from a copy, or choose another directory.", e);
            }

            throw;
        }
    }

    // As Kafka's: 16 random bytes, base64url, 22 characters.
    private static string EnsureClusterId(SqliteConnection db)
    {
        db.Execute(
            "INSERT OR IGNORE INTO cluster (name, value) VALUES ('id', $1)", Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16)));
        return db.Query("SELECT value FROM cluster WHERE name = 'id'", row => row.GetString(0))[0];
    }
}
