namespace Sluice.Kafka;

/// <summary>On whose behalf a call is made. Adapters that connect per caller key their connections by <see cref="Principal"/>.</summary>
/// <param name="Principal">Kafka principal, such as <c>User:pool-a1b2</c>.</param>
/// <param name="Token">The caller's own bearer token, for clusters that are told to pass it through; otherwise null.</param>
/// <param name="TokenExpires">When that token expires.</param>
public sealed record ClusterCaller(string Principal, string? Token = null, DateTimeOffset? TokenExpires = null);
