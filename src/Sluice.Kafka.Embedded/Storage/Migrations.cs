using System.Security.Cryptography;
using System.Text;

using Microsoft.Data.Sqlite;

namespace Sluice.Kafka.Embedded.Storage;

/// <summary>
/// Numbered scripts that are only ever appended to. Each is applied once, in a transaction, and remembered with its hash; a store that
/// holds another script under a known number, or a number that this version does not know, is refused.
/// </summary>
internal static class Migrations
{
    private const string Ledger = """
        CREATE TABLE IF NOT EXISTS migrations (
            number INTEGER PRIMARY KEY, name TEXT NOT NULL, sha256 TEXT NOT NULL, applied_at INTEGER NOT NULL
        ) STRICT
        """;

    public static void Apply(SqliteConnection db, TimeProvider time)
    {
        db.Execute(Ledger);
        var applied = db.Query(
            "SELECT number, name, sha256 FROM migrations ORDER BY number",
            row => (Number: row.GetInt32(0), Name: row.GetString(1), Hash: row.GetString(2)));
        var known = Load();

        for (var i = 0; i < applied.Count; i++)
        {
            if (i >= known.Count)
            {
                throw new EmbeddedClusterException(
                    $"The store was written by a newer version of Sluice (its migration {applied[i].Number}, '{applied[i].Name}', is unknown here). "
                    + "Run that version, or choose another directory.");
            }

            if (applied[i].Number != known[i].Number || applied[i].Hash != known[i].Hash)
            {
                throw new EmbeddedClusterException(
                    $"Migration {applied[i].Number} of the store ('{applied[i].Name}') is not the one this version of Sluice knows "
                    + $"('{known[i].Name}'). The store was made by an unreleased build: choose another directory.");
            }
        }

        foreach (var migration in known.Skip(applied.Count))
        {
            db.Execute("BEGIN IMMEDIATE");
            db.Execute(migration.Sql);
            db.Execute(
                "INSERT INTO migrations (number, name, sha256, applied_at) VALUES ($1, $2, $3, $4)",
                migration.Number, migration.Name, migration.Hash, time.GetUtcNow().ToUnixTimeMilliseconds());
            db.Execute("COMMIT");
        }
    }

    private static List<Migration> Load()
    {
        var assembly = typeof(Migrations).Assembly;
        var migrations = new List<Migration>();
        foreach (var resource in assembly.GetManifestResourceNames().Where(name => name.EndsWith(".sql", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var stream = assembly.GetManifestResourceStream(resource)!;
            using var reader = new StreamReader(stream, Encoding.UTF8);
            var sql = reader.ReadToEnd();
            var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sql)));
            migrations.Add(new(int.Parse(resource.AsSpan(0, 4)), Path.GetFileNameWithoutExtension(resource), hash, sql));
        }

        return migrations;
    }

    private sealed record Migration(int Number, string Name, string Hash, string Sql);
}
