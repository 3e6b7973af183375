using Sluice.Identity.Explain;
using Sluice.State;

namespace Sluice.Identity.Tests.Explain;

/// <summary>An issuer that nobody has, and what was most likely meant.</summary>
public sealed class NearbyIssuersTests
{
    [Theory]
    [InlineData("https://sso.example/realms/acme", "https://sso.example/realms/acme/", "differs in the trailing slash: the token has one, the provider does not")]
    [InlineData("https://acme.eu.auth0.com/", "https://acme.eu.auth0.com", "differs in the trailing slash: the provider has one, the token does not")]
    [InlineData("https://sso.example/realms/acme", "https://SSO.example/realms/acme", "differs in upper and lower case")]
    [InlineData("https://sso.example/realms/acme", " https://sso.example/realms/acme", "differs in white space around it")]
    [InlineData("https://sso.example/realms/acme", "https://sso.example:8443/realms/acme", "differs in the port")]
    [InlineData("https://sso.example/realms/acme", "http://sso.example/realms/acme", "differs in the scheme, the port or the spelling of the host")]
    [InlineData("https://sso.example/realms/acme", "https://sso.example/auth/realms/acme", "has the same host and another path")]
    [InlineData("https://sso.example/realms/acme", "https://10.0.0.1/realms/acme", "has the same path on another host")]
    [InlineData("https://accounts.google.com", "https://\u0430ccounts.google.com", "differs in one character")]
    [InlineData("https://accounts.google.com", "https://acounts.gogle.com", "differs in 2 characters")]
    [InlineData("https://login.microsoftonline.com/t/v2.0", "https://sts.windows.net/t/", "is the same Entra ID tenant, but the token is of version 1 and the provider of version 2: set requestedAccessTokenVersion to 2")]
    [InlineData("https://sts.windows.net/t/", "https://login.microsoftonline.com/t/v2.0", "is the same Entra ID tenant, but the token is of version 2 and the provider of version 1")]
    [InlineData("https://login.microsoftonline.com/t/v2.0", "https://login.microsoftonline.com/other/v2.0", "is Entra ID too, of another tenant")]
    [InlineData("https://sso.example/realms/acme", "https://evil.example", null)]
    public async Task The_difference_to_what_a_provider_has_is_named(string configured, string issuer, string? difference)
    {
        await using var host = await IdentityHost.StartAsync();
        host.Change(provider => provider with { Issuer = configured });

        var explanation = await ExplainAsync(host, issuer);

        Assert.Equal(RefusalRule.UntrustedIssuer, explanation.Refusal?.Rule);
        Assert.Equal(difference is null ? [] : [new IssuerCandidate(IdentityHost.ProviderId, configured, difference)], explanation.IssuerCandidates);
    }

    [Fact]
    public async Task The_difference_is_to_that_issuer_of_a_provider_which_is_nearest()
    {
        await using var host = await IdentityHost.StartAsync();
        host.Change(provider => provider with
        {
            Issuer = "https://login.microsoftonline.com/t/v2.0",
            OtherIssuers = [new TrustedIssuer("https://sts.windows.net/t/", host.Issuer.JwksUri)],
        });

        var first = (await ExplainAsync(host, "https://sts.windows.net/t")).IssuerCandidates[0];

        Assert.Equal(("https://sts.windows.net/t/", "differs in the trailing slash: the provider has one, the token does not"), (first.Issuer, first.Difference));
    }

    private static Task<TokenExplanation> ExplainAsync(IdentityHost host, string issuer) => host.Get<ITokenExplainer>().ExplainAsync(
        host.Token(claims => claims["iss"] = issuer), pools: null, TestContext.Current.CancellationToken);
}
