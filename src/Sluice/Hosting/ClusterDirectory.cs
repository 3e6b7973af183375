using System.Diagnostics.CodeAnalysis;
using Sluice.Kafka;

namespace Sluice.Hosting;

/// <summary>The clusters behind this gateway, found by the id in the URL.</summary>
internal sealed class ClusterDirectory(IReadOnlyList<IClusterConnection> connections)
{
    public IReadOnlyList<IClusterConnection> All => connections;

    /// <summary>Why a cluster whose id is not known yet does not answer; none when every id is known.</summary>
    public async ValueTask<KafkaError> WhyUnknownAsync(CancellationToken cancellationToken)
    {
        foreach (var candidate in connections)
        {
            if (candidate.ClusterId is null && await candidate.CheckAsync(cancellationToken) is { Code: not KafkaErrorCode.None } error)
            {
                return error;
            }
        }

        return default;
    }

    public bool TryGet(string clusterId, [NotNullWhen(true)] out IClusterConnection? connection)
    {
        // A handful at most, and an id may become known only once Kafka has answered: a walk is right.
        foreach (var candidate in connections)
        {
            if (candidate.ClusterId == clusterId)
            {
                connection = candidate;
                return true;
            }
        }

        connection = null;
        return false;
    }
}
