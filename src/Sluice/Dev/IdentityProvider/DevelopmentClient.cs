namespace Sluice.Dev.IdentityProvider;

/// <summary>A client the development identity provider knows; it may ask either issuer for a token.</summary>
/// <param name="Id">Its <c>client_id</c>: visible ASCII, as RFC 6749 appendix A.1 has it.</param>
/// <param name="Secret">Its <c>client_secret</c>. Kept in clear in the options only.</param>
public sealed record DevelopmentClient(string Id, string Secret)
{
    /// <summary>App roles it holds at the Entra-shaped issuer: the <c>roles</c> claim. Empty: the claim is left out, as Entra does.</summary>
    public IReadOnlyList<string> Roles { get; init; } = ["Kafka.ReadWrite"];

    /// <summary>Keeps the secret out of logs.</summary>
    public override string ToString() => Id;
}
