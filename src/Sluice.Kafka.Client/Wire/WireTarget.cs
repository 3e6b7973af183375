namespace Sluice.Kafka.Client.Wire;

/// <summary>Which broker a request must go to.</summary>
internal readonly record struct WireTarget
{
    private WireTarget(WireTargetKind kind, int brokerId, string? group)
    {
        Kind = kind;
        BrokerId = brokerId;
        Group = group;
    }

    /// <summary>Whichever answers.</summary>
    public static WireTarget Any { get; } = new(WireTargetKind.Any, -1, null);

    /// <summary>The one that Metadata names as controller: with KRaft a broker that forwards to it.</summary>
    public static WireTarget Controller { get; } = new(WireTargetKind.Controller, -1, null);

    public WireTargetKind Kind { get; }

    public int BrokerId { get; }

    public string? Group { get; }

    public static WireTarget Broker(int id) => new(WireTargetKind.Broker, id, null);

    public static WireTarget CoordinatorOf(string group) => new(WireTargetKind.Coordinator, -1, group);
}

internal enum WireTargetKind
{
    Any,
    Controller,
    Broker,
    Coordinator,
}
