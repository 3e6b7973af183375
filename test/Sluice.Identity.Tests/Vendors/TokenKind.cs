namespace Sluice.Identity.Tests.Vendors;

/// <summary>One thing that a vendor's issuer signs.</summary>
/// <param name="Name">Whose, and what it is.</param>
/// <param name="Issuer"><c>iss</c>.</param>
/// <param name="Header">Members of the header besides <c>alg</c> and <c>kid</c>.</param>
/// <param name="Claims">The claims besides <c>iss</c>, <c>iat</c> and <c>exp</c>; null takes one of these away.</param>
/// <param name="Identity">An identity claim that its tokens have.</param>
/// <param name="Rule">The rule that refuses it; null: it is an access token.</param>
internal sealed record TokenKind(string Name, string Issuer, string Header, string Claims, string Identity = "claims.sub", RefusalRule? Rule = null)
{
    public const string Jwt = """{"typ":"JWT"}""";

    public const string AccessJwt = """{"typ":"at+jwt"}""";

    public const string Plain = "{}";
}
