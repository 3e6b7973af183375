using Sluice.Kafka.Client.Minting;
using Sluice.Kafka.Client.Wire;
using Sluice.Kafka.Client.Wire.Security;

namespace Sluice.Kafka.Client.Clients;

/// <summary>Tokens that the gateway signs for one principal.</summary>
internal sealed class MintedTokens(ITokenMinter minter, string principal) : IBearerTokens
{
    public ValueTask<BearerToken> GetAsync(CancellationToken cancellationToken)
    {
        var minted = minter.Mint(principal);
        return new(new BearerToken(minted.Value, minted.Expires, principal));
    }
}

/// <summary>The newest token that a caller brought along.</summary>
internal sealed class CallerTokens(string principal, TimeProvider time) : IBearerTokens
{
    private volatile BearerToken? _newest;

    /// <summary>Called, on the caller's thread, when a newer token has come.</summary>
    public Action<BearerToken>? Renewed { get; set; }

    /// <summary>Takes the caller's token when it lives longer than the one we have.</summary>
    public void Offer(ClusterCaller caller)
    {
        if (caller.Token is null)
        {
            return;
        }

        var expires = caller.TokenExpires ?? time.GetUtcNow().AddMinutes(5);
        if (_newest is { } old && (old.Expires >= expires || old.Value == caller.Token))
        {
            return;
        }

        var newest = new BearerToken(caller.Token, expires, principal);
        _newest = newest;
        Renewed?.Invoke(newest);
    }

    public ValueTask<BearerToken> GetAsync(CancellationToken cancellationToken) =>
        _newest is { } token && token.Expires > time.GetUtcNow()
            ? new(token)
            : throw new KafkaFailure(new KafkaError(
                KafkaErrorCode.SaslAuthenticationFailed, "Authentication with the Kafka cluster failed: it wants the caller's token, which is missing or has expired."));
}
