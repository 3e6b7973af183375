namespace Sluice.Rest.V3.Acls;

/// <summary>
/// The Cloud has two spellings of principals: <c>User:</c> may name service accounts by number, <c>UserV2:</c> asks for <c>sa-…</c> ids.
/// Here ids are always <c>sa-…</c>, so that both mean the same; the CLI writes the second on its lists.
/// </summary>
internal static class AclPrincipals
{
    private const string V2 = "UserV2:";

    /// <summary>The principal as Kafka stores it.</summary>
    public static string Plain(string principal) =>
        principal.StartsWith(V2, StringComparison.Ordinal) ? $"User:{principal.AsSpan(V2.Length)}" : principal;

    /// <summary>Of a search. <c>UserV2:*</c> is how the CLI asks for every principal; <c>User:*</c> is the principal of that name.</summary>
    public static string? Searched(string? principal) => principal is null or V2 + "*" ? null : Plain(principal);
}
