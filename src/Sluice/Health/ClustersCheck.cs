using Microsoft.Extensions.Diagnostics.HealthChecks;
using Sluice.Hosting;
using Sluice.Kafka;

namespace Sluice.Health;

/// <summary>Whether the clusters answer the gateway, and tell it the ACLs without which nothing is allowed.</summary>
internal sealed class ClustersCheck(ClusterDirectory clusters) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var states = await Task.WhenAll(clusters.All.Select(async (cluster, index) =>
        {
            var error = await cluster.CheckAsync(cancellationToken);
            if (error.Code == KafkaErrorCode.None && cluster.Acls is { } acls)
            {
                error = await acls.ReadyAsync(cancellationToken);
            }

            return (Name: cluster.ClusterId ?? $"cluster {index}", Answers: error.Code == KafkaErrorCode.None);
        }));
        var data = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach (var (name, answers) in states)
        {
            data[name] = answers ? "Healthy" : "Unhealthy";
        }

        var status = states.All(s => s.Answers) ? HealthStatus.Healthy
            : states.Any(s => s.Answers) ? HealthStatus.Degraded
            : HealthStatus.Unhealthy;
        return new HealthCheckResult(status, data: data);
    }
}
