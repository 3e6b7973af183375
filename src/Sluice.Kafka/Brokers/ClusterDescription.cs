namespace Sluice.Kafka.Brokers;

/// <param name="ClusterId">Kafka's own cluster id.</param>
/// <param name="ControllerId">Id of the broker that acts as controller for clients; null when there is none now.</param>
/// <param name="Brokers">Live brokers, by id.</param>
public sealed record ClusterDescription(string ClusterId, int? ControllerId, IReadOnlyList<Broker> Brokers);

/// <summary>A live broker and where clients reach it.</summary>
public sealed record Broker(int Id, string? Host, int? Port, string? Rack);
