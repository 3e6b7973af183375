using System.Diagnostics.CodeAnalysis;

using Microsoft.Data.Sqlite;

namespace Sluice.Kafka.Embedded.Storage;

/// <summary>Plain SQL with parameters <c>$1</c>, <c>$2</c>, … in the order given. For everything but the hot path.</summary>
internal static class SqliteExtensions
{
    public static int Execute(this SqliteConnection db, string sql, params ReadOnlySpan<object?> values)
    {
        using var command = db.Prepare(sql, values);
        return command.ExecuteNonQuery();
    }

    public static List<T> Query<T>(this SqliteConnection db, string sql, Func<SqliteDataReader, T> map, params ReadOnlySpan<object?> values)
    {
        using var command = db.Prepare(sql, values);
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(map(reader));
        }

        return rows;
    }

    public static long? QueryLong(this SqliteConnection db, string sql, params ReadOnlySpan<object?> values)
    {
        using var command = db.Prepare(sql, values);
        return command.ExecuteScalar() is long value ? value : null;
    }

    [SuppressMessage("Security", "CA2100", Justification = "Every caller passes a constant; values go in as parameters.")]
    public static SqliteCommand Prepare(this SqliteConnection db, string sql, params ReadOnlySpan<object?> values)
    {
        var command = db.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters.AddWithValue($"${i + 1}", values[i] ?? DBNull.Value);
        }

        return command;
    }
}
