namespace Sluice.Kafka.Client;

/// <summary>Who the brokers see when the gateway acts for a caller.</summary>
public enum BrokerIdentity
{
    /// <summary>One service identity for everybody: the credentials in the client settings. The gateway decides who may do what.</summary>
    Gateway,

    /// <summary>The caller's principal, by a short-lived token that the gateway signs (SASL/OAUTHBEARER). The cluster's ACLs decide too.</summary>
    Minted,

    /// <summary>Whoever the caller's own token names (SASL/OAUTHBEARER): the brokers must trust the same identity provider.</summary>
    Passthrough,
}
