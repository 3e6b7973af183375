namespace Sluice.Kafka.Client.Minting;

/// <summary>Makes the short-lived tokens by which a cluster recognises a principal.</summary>
public interface ITokenMinter
{
    /// <param name="principal">Kafka principal, such as <c>User:pool-a1b2</c>.</param>
    MintedToken Mint(string principal);
}

/// <param name="Value">A signed JWT.</param>
/// <param name="Expires">Its <c>exp</c>.</param>
public sealed record MintedToken(string Value, DateTimeOffset Expires)
{
    /// <summary>Tokens do not go into texts.</summary>
    public override string ToString() => $"MintedToken until {Expires:O}";
}
