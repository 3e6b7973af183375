using System.Diagnostics.CodeAnalysis;
using Sluice.Kafka;

namespace Sluice.Hosting;

/// <summary>The clusters behind this gateway, found by the id in the URL.</summary>
internal sealed class ClusterDirectory(IReadOnlyList<IClusterConnection> connections)
{
    public IReadOnlyList<IClusterConnection> All => connections;

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
