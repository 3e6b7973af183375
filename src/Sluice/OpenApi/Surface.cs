using System.Text.Json.Nodes;

namespace Sluice.OpenApi;

/// <summary>Operations that have prefixes, credentials and errors in common.</summary>
/// <param name="Tag">How the document groups them, with the resource behind.</param>
/// <param name="Prefixes">In front of each operation's path; an empty one for the path itself.</param>
/// <param name="Security">Who may call.</param>
/// <param name="Errors">Statuses that any operation may answer, and those that one with a body may, besides.</param>
/// <param name="ErrorSchema">Their body.</param>
/// <param name="Types">Finds the schema of a type by its name.</param>
/// <param name="Operations">All of them.</param>
internal sealed record Surface(
    string Tag,
    string[] Prefixes,
    JsonArray Security,
    (int[] Always, int[] WithBody) Errors,
    string ErrorSchema,
    Func<string, System.Text.Json.Serialization.Metadata.JsonTypeInfo?> Types,
    IReadOnlyList<Operation> Operations)
{
    /// <summary><c>Kafka REST: topics</c>: by the resource that the path is about.</summary>
    public string TagOf(Operation operation)
    {
        string[] general = ["clusters", "iam", "v2", "v1", "org", "cmk", "sts", "sluice", "api"];
        var segments = operation.Path.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(static segment => !segment.StartsWith('{') && segment != "-").ToList();
        var resource = segments switch
        {
            ["clusters", "topics", "partitions", "reassignment"] => "reassignments",
            ["clusters", "topics", "configs" or "configs:alter" or "default-configs"] => "topic configs",
            ["clusters", "topics", "partitions", ..] => "partitions",
            ["clusters", "topics", "records" or "records:batch"] => "records",
            ["clusters", "brokers", "configs" or "configs:alter"] => "broker configs",
            ["clusters"] or [.., "cmk", "v2", "clusters"] => "clusters",
            ["iam", "v2", "identity-providers", "identity-pools"] => "identity pools",
            _ => (segments.Find(segment => !general.Contains(segment)) ?? segments[0]).Split(':')[0].Replace('-', ' '),
        };
        return $"{Tag}: {resource}";
    }

    /// <summary>The operation behind a route, if it is one of these.</summary>
    public Operation? Find(string method, string path)
    {
        foreach (var prefix in Prefixes)
        {
            if (path.StartsWith(prefix, StringComparison.Ordinal)
                && Operations.FirstOrDefault(operation => operation.Method == method && operation.Path == path[prefix.Length..]) is { } found)
            {
                return found;
            }
        }

        return null;
    }
}
