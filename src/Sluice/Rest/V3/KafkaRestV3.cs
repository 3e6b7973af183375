using Sluice.Rest.V3.Clusters;
using Sluice.Rest.V3.Partitions;
using Sluice.Rest.V3.Records;
using Sluice.Rest.V3.Topics;

namespace Sluice.Rest.V3;

/// <summary>The v3 surface: what is mapped, under both prefixes.</summary>
internal static class KafkaRestV3
{
    /// <summary>Where the Cloud and the Confluent Server have it, and where the stand-alone proxy has it.</summary>
    public static readonly string[] Prefixes = ["/kafka/v3", "/v3"];

    public static void MapKafkaRestV3(this IEndpointRouteBuilder app)
    {
        foreach (var prefix in Prefixes)
        {
            var v3 = app.MapGroup(prefix);
            v3.MapClusterList();

            var cluster = v3.MapGroup("/clusters/{cluster_id}").ResolveCluster();
            cluster.MapCluster();
            cluster.MapTopics();
            cluster.MapPartitions();
            cluster.MapRecords();
        }
    }
}
