using Confluent.Kafka.Admin;
using Sluice.Kafka.Client.Clients;
using Sluice.Kafka.Client.Wire;
using Sluice.Kafka.Client.Wire.Messages;
using Sluice.Kafka.Topics;
using Ck = Confluent.Kafka;

namespace Sluice.Kafka.Client.Cluster;

internal sealed partial class RealCluster
{
    // A leader that was made or moved just now knows of it in a moment: a topic may be asked about right after it was made.
    private const int LeaderTries = 5;

    private static readonly TimeSpan LeaderPause = TimeSpan.FromMilliseconds(100);

    public async Task<IReadOnlyList<KafkaResult<long>>> ListOffsetsAsync(
        IReadOnlyList<OffsetQuery> queries, IsolationLevel isolation, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(queries);
        var results = new KafkaResult<long>[queries.Count];

        // One librdkafka call takes each partition once, so that several questions about one partition go in several rounds.
        var open = Enumerable.Range(0, queries.Count).ToList();
        while (open.Count > 0)
        {
            var round = open.DistinctBy(i => queries[i].Partition).ToList();
            open = open.Except(round).ToList();
            var all = await RunAsync(
                async (clients, ct) => new KafkaResult<Dictionary<TopicPartition, KafkaResult<long>>>(
                    await PatientOffsetsAsync(clients, [.. round.Select(i => queries[i])], isolation, ct)),
                null,
                cancellationToken);
            foreach (var i in round)
            {
                results[i] = !all.TryGet(out var found, out var error) ? error
                    : found.TryGetValue(queries[i].Partition, out var offset) ? offset
                    : KafkaError.UnknownTopic;
            }
        }

        return results;
    }

    public Task<KafkaResult<IReadOnlyList<PartitionReassignment>>> ListReassignmentsAsync(
        IReadOnlyList<TopicPartition>? partitions, CancellationToken cancellationToken) =>
        RunAsync(
            async (clients, ct) =>
            {
                if (partitions is { Count: 0 })
                {
                    return new KafkaResult<IReadOnlyList<PartitionReassignment>>([]);
                }

                var response = await clients.Wire.SendAsync(
                    WireTarget.Controller, new ListPartitionReassignmentsRequest(partitions, BrokerTimeoutMs(clients)), ct);
                return response.Error == KafkaErrorCode.None
                    ? new KafkaResult<IReadOnlyList<PartitionReassignment>>(response.Reassignments
                        .OrderBy(r => r.Partition.Topic, StringComparer.Ordinal).ThenBy(r => r.Partition.Partition).ToArray())
                    : KafkaErrorTexts.Of(response.Error, response.Message);
            },
            null,
            cancellationToken);

    private async Task<Dictionary<TopicPartition, KafkaResult<long>>> PatientOffsetsAsync(
        PrincipalClients clients, IReadOnlyList<OffsetQuery> queries, IsolationLevel isolation, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var found = await OffsetsAsync(clients, queries, isolation);
            var isMoving = found.Values.Any(offset => !offset.IsSuccess && offset.Error.Code is (KafkaErrorCode.LeaderNotAvailable or KafkaErrorCode.NotLeaderOrFollower));
            if (!isMoving || attempt == LeaderTries)
            {
                return found;
            }

            await Task.Delay(LeaderPause, connection.Time, cancellationToken);
        }
    }

    private static async Task<Dictionary<TopicPartition, KafkaResult<long>>> OffsetsAsync(
        PrincipalClients clients, IReadOnlyList<OffsetQuery> queries, IsolationLevel isolation)
    {
        var specs = queries.Select(q => new TopicPartitionOffsetSpec
        {
            TopicPartition = new Ck.TopicPartition(q.Partition.Topic, q.Partition.Partition),
            OffsetSpec = q.Timestamp switch
            {
                OffsetQuery.Latest => OffsetSpec.Latest(),
                OffsetQuery.Earliest => OffsetSpec.Earliest(),
                var ms => OffsetSpec.ForTimestamp(ms),
            },
        });
        var options = new ListOffsetsOptions
        {
            RequestTimeout = clients.RequestTimeout,
            IsolationLevel = isolation == IsolationLevel.ReadCommitted ? Ck.IsolationLevel.ReadCommitted : Ck.IsolationLevel.ReadUncommitted,
        };
        List<ListOffsetsResultInfo> infos;
        try
        {
            infos = (await Ck.IAdminClientExtensions.ListOffsetsAsync(clients.Admin, specs, options)).ResultInfos;
        }
        catch (ListOffsetsException e)
        {
            infos = e.Result.ResultInfos;
        }

        return infos.Select(i => i.TopicPartitionOffsetError).ToDictionary(
            o => new TopicPartition(o.Topic, o.Partition.Value),
            o => o.Error.IsError ? KafkaErrorTexts.Of(o.Error, o.Topic) : new KafkaResult<long>(o.Offset.Value));
    }
}
