namespace Sluice.Dev.IdentityProvider.Issuers;

/// <summary>Both issuers of one development identity provider.</summary>
internal sealed record DevelopmentIssuers(OktaIssuer Okta, EntraIssuer Entra)
{
    public DevelopmentIssuer Of(IssuerKind kind) => kind switch
    {
        IssuerKind.Okta => Okta,
        IssuerKind.Entra => Entra,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
