namespace Sluice.Sts;

/// <summary>What a token of this gateway is good for: its claim <c>token_use</c>.</summary>
internal enum TokenUse
{
    /// <summary>Exchanged for an external one: both planes, as one pool.</summary>
    Exchange,

    /// <summary>A login of the Confluent CLI: the control plane, as the owner of the key it logged in with.</summary>
    Session,

    /// <summary>Got with a session: Kafka REST, as the same owner.</summary>
    DataPlane,
}

/// <summary>The two halves of the gateway.</summary>
internal enum Plane
{
    Control,
    Data,
}
