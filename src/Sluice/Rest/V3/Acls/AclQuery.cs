using Sluice.Http;
using Sluice.Kafka.Acls;

namespace Sluice.Rest.V3.Acls;

/// <summary>The seven filters of a query. What is missing or empty matches anything.</summary>
internal static class AclQuery
{
    /// <summary>Of <c>GET</c>: every filter may be left out.</summary>
    /// <returns>404 for a word that the API does not have, 400 for <c>UNKNOWN</c>.</returns>
    public static (AclFilter Filter, string? Principal, GatewayError Error) Search(IQueryCollection query) =>
        Read(query, isDelete: false);

    /// <summary>
    /// Of <c>DELETE</c>: the four enumerations must be there; <c>ANY</c> is allowed. Here <c>UserV2:*</c> is no wildcard:
    /// what removes more than it says would be dangerous.
    /// </summary>
    public static (AclFilter Filter, GatewayError Error) Delete(IQueryCollection query)
    {
        var (filter, _, error) = Read(query, isDelete: true);
        return (filter, error);
    }

    private static (AclFilter Filter, string? Principal, GatewayError Error) Read(IQueryCollection query, bool isDelete)
    {
        GatewayError error = default;
        var principal = Text(query, "principal");
        var filter = new AclFilter(
            Word(query, "resource_type", AclNames.ResourceTypes, isDelete, ref error),
            Text(query, "resource_name"),
            Word(query, "pattern_type", AclNames.PatternTypes, isDelete, ref error),
            isDelete && principal is not null ? AclPrincipals.Plain(principal) : AclPrincipals.Searched(principal),
            Text(query, "host"),
            Word(query, "operation", AclNames.Operations, isDelete, ref error),
            Word(query, "permission", AclNames.Permissions, isDelete, ref error));
        return (filter, principal, error);
    }

    private static string? Text(IQueryCollection query, string name) => query[name] is [{ Length: > 0 } text, ..] ? text : null;

    private static T Word<T>(IQueryCollection query, string name, AclWords<T> words, bool isRequired, ref GatewayError error)
        where T : struct, Enum
    {
        var text = Text(query, name) ?? (isRequired ? "UNKNOWN" : "ANY");
        GatewayError problem = default;
        if (!words.TryParseQuery(text, out var value))
        {
            problem = new GatewayError(404, 404, $"{name} has no value \"{ForMessage(text)}\": it is one of {words.All}");
        }
        else if (words.Name(value) == "UNKNOWN")
        {
            problem = Errors.BadRequest($"{name} cannot be unspecified or UNKNOWN");
        }

        error = error.IsNone ? problem : error;
        return value;
    }

    private static string ForMessage(string text) => text.Length <= 64 ? text : text[..64] + "…";
}
