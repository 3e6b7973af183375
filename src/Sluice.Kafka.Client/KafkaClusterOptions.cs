using Sluice.Kafka.Client.Minting;

namespace Sluice.Kafka.Client;

/// <summary>One real Kafka cluster: a section such as <c>Clusters:0</c>.</summary>
public sealed class KafkaClusterOptions
{
    /// <summary>The id in URLs, such as <c>lkc-orders</c>. Null: Kafka's own cluster id.</summary>
    public string? ClusterId { get; set; }

    /// <summary>
    /// Any librdkafka setting, by its own name: <c>bootstrap.servers</c>, <c>security.protocol</c>, <c>sasl.*</c>, <c>ssl.*</c>, …
    /// The same addresses and credentials serve the requests that librdkafka does not know.
    /// </summary>
    public IDictionary<string, string> Client { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Who the brokers see.</summary>
    public BrokerIdentity BrokerIdentity { get; set; } = BrokerIdentity.Gateway;

    /// <summary>
    /// With <see cref="BrokerIdentity.Minted"/>: the principal of the gateway's own requests (health, cluster id). It needs no ACL.
    /// </summary>
    public string GatewayPrincipal { get; set; } = "User:sluice";

    /// <summary>Most principals connected at a time, with <see cref="BrokerIdentity.Minted"/> and <see cref="BrokerIdentity.Passthrough"/>.</summary>
    public int MaxClients { get; set; } = 64;

    /// <summary>A principal's connections are closed after this long without a request.</summary>
    public TimeSpan ClientIdleTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>When the cluster does not answer, a call is refused within this time.</summary>
    public TimeSpan UnavailableAfter { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How long a record that was handed to the client may wait for its acknowledgement, through broker restarts and leader moves.
    /// Until then its fate is not known; after it the record fails. Two minutes, as Kafka's own producer: when a record is given up, those behind
    /// it get new sequence numbers, and one whose acknowledgement was lost at that moment is stored twice (KIP-360).
    /// </summary>
    public TimeSpan DeliveryTimeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How long an administrative request may take on a cluster that is up.</summary>
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// With <see cref="BrokerIdentity.Gateway"/>: decide by the cluster's ACLs too, which name pools as <c>User:pool-…</c>. False: role bindings alone decide, and the
    /// gateway's own principal needs no DESCRIBE on the cluster. A DENY in an ACL is then not known here.
    /// </summary>
    public bool ReadAcls { get; set; } = true;

    /// <summary>
    /// With <see cref="BrokerIdentity.Gateway"/>: how often the cluster's ACLs are read, and so how old a decision by them may be. The gateway's own principal needs
    /// DESCRIBE on the cluster.
    /// </summary>
    public TimeSpan AclRefresh { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Signs tokens for <see cref="BrokerIdentity.Minted"/>; set by code, not by configuration.</summary>
    public ITokenMinter? TokenMinter { get; set; }

    /// <summary>What is wrong with these settings, in sentences for the operator; empty when nothing is. Does not connect.</summary>
    public IReadOnlyList<string> Validate() => Clients.OptionsCheck.Run(this);
}
