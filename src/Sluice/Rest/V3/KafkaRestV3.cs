using Sluice.Rest.V3.Acls;
using Sluice.Rest.V3.BrokerConfigs;
using Sluice.Rest.V3.Brokers;
using Sluice.Rest.V3.ClusterConfigs;
using Sluice.Rest.V3.Clusters;
using Sluice.Rest.V3.ConsumerGroups;
using Sluice.Rest.V3.Lags;
using Sluice.Rest.V3.NotOffered;
using Sluice.Rest.V3.Partitions;
using Sluice.Rest.V3.Reassignments;
using Sluice.Rest.V3.Records;
using Sluice.Rest.V3.Replicas;
using Sluice.Rest.V3.ShareGroups;
using Sluice.Rest.V3.StreamsGroups;
using Sluice.Rest.V3.TopicConfigs;
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
            cluster.MapClusterConfigs();
            cluster.MapBrokers();
            cluster.MapBrokerConfigs();
            cluster.MapTopics();
            cluster.MapTopicConfigs();
            cluster.MapAlterTopics();
            cluster.MapDefaultConfigs();
            cluster.MapPartitions();
            cluster.MapReplicas();
            cluster.MapReassignments();
            cluster.MapRecords();
            cluster.MapRecordBatch();
            cluster.MapAcls();
            cluster.MapConsumerGroups();
            cluster.MapLags();
            cluster.MapShareGroups();
            cluster.MapStreamsGroups();
            cluster.MapStreamsAssignments();
            cluster.MapNotOffered();
        }
    }
}
