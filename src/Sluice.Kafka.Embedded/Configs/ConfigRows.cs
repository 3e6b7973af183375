using Sluice.Kafka.Embedded.Storage;

namespace Sluice.Kafka.Embedded.Configs;

/// <summary>The configs table.</summary>
internal static class ConfigRows
{
    public const int Topic = 0;
    public const int Broker = 1;

    public static void Set(WriteContext context, int type, string resource, string name, string value) => context.Db.Execute(
        """
        INSERT INTO configs (resource_type, resource_name, name, value) VALUES ($1, $2, $3, $4)
        ON CONFLICT (resource_type, resource_name, name) DO UPDATE SET value = excluded.value
        """,
        type, resource, name, value);

    public static void Delete(WriteContext context, int type, string resource, string name) => context.Db.Execute(
        "DELETE FROM configs WHERE resource_type = $1 AND resource_name = $2 AND name = $3", type, resource, name);

    public static void DeleteAll(WriteContext context, int type, string resource) => context.Db.Execute(
        "DELETE FROM configs WHERE resource_type = $1 AND resource_name = $2", type, resource);
}
