namespace Sluice.Dev.IdentityProvider.Issuers;

/// <summary>Which vendor an issuer looks like.</summary>
internal enum IssuerKind
{
    Okta,
    Entra,
}
