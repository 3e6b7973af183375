using Confluent.Kafka.Admin;
using Sluice.Kafka.Client.Clients;
using Sluice.Kafka.Client.Wire;
using Sluice.Kafka.Client.Wire.Messages;
using Sluice.Kafka.Topics;
using AclOperation = Sluice.Kafka.Acls.AclOperation;
using TopicDescription = Sluice.Kafka.Topics.TopicDescription;

namespace Sluice.Kafka.Client.Cluster;

// Metadata and CreateTopics by wire: one round trip that blocks no thread, and the whole answer. The rest through librdkafka.
internal sealed partial class RealCluster
{
    public Task<KafkaResult<IReadOnlyList<TopicDescription>>> ListTopicsAsync(
        bool includeAuthorizedOperations, CancellationToken cancellationToken) =>
        RunAsync(
            async (clients, ct) =>
            {
                var metadata = await clients.Wire.MetadataAsync(null, includeAuthorizedOperations, ct);
                return new KafkaResult<IReadOnlyList<TopicDescription>>(metadata.Topics
                    .Where(t => t.Partitions.Count > 0)
                    .OrderBy(t => t.Name, StringComparer.Ordinal)
                    .Select(t => Describe(t, includeAuthorizedOperations))
                    .ToArray());
            },
            null,
            cancellationToken);

    public Task<KafkaResult<TopicDescription>> DescribeTopicAsync(
        string topic, bool includeAuthorizedOperations, CancellationToken cancellationToken) =>
        RunAsync<TopicDescription>(
            async (clients, ct) =>
            {
                var found = await FindAsync(clients, topic, includeAuthorizedOperations, ct);
                return found.Partitions.Count > 0
                    ? Describe(found, includeAuthorizedOperations)
                    : KafkaErrorTexts.Of(found.Error, null, topic);
            },
            topic,
            cancellationToken);

    public async Task<KafkaResult<CreatedTopic>> CreateTopicAsync(NewTopic topic, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(topic);
        return await RunAsync<CreatedTopic>(
            async (clients, ct) =>
            {
                var made = await clients.Wire.SendAsync(
                    WireTarget.Controller, new CreateTopicsRequest(topic, BrokerTimeoutMs(clients)), ct);
                if (made.Error != KafkaErrorCode.None)
                {
                    return KafkaErrorTexts.Of(made.Error, made.Message, topic.Name);
                }

                if (!topic.ValidateOnly)
                {
                    connection.ForgetTopic(topic.Name);
                    await SettleAsync(clients, topic.Name, t => t.Partitions.Count > 0 && t.Partitions.All(p => p.Leader >= 0), ct);
                }

                return new CreatedTopic(
                    made.PartitionCount < 0 ? null : made.PartitionCount,
                    made.ReplicationFactor < 0 ? null : made.ReplicationFactor,
                    made.Configs);
            },
            topic.Name,
            cancellationToken);
    }

    public Task<KafkaResult<Done>> DeleteTopicAsync(string topic, CancellationToken cancellationToken) =>
        RunAsync<Done>(
            async (clients, ct) =>
            {
                try
                {
                    await clients.Admin.DeleteTopicsAsync([topic], new DeleteTopicsOptions { RequestTimeout = clients.RequestTimeout });
                }
                catch (DeleteTopicsException e)
                {
                    return KafkaErrorTexts.Of(e.Results[0].Error, topic);
                }

                connection.ForgetTopic(topic);
                await SettleAsync(clients, topic, t => t.Partitions.Count == 0, ct);
                return default(Done);
            },
            topic,
            cancellationToken);

    public Task<KafkaResult<Done>> CreatePartitionsAsync(
        string topic, int totalCount, bool validateOnly, CancellationToken cancellationToken) =>
        RunAsync<Done>(
            async (clients, ct) =>
            {
                if (totalCount < 1)
                {
                    return new KafkaError(KafkaErrorCode.InvalidPartitions, "The number of partitions must be at least 1.");
                }

                try
                {
                    await clients.Admin.CreatePartitionsAsync(
                        [new PartitionsSpecification { Topic = topic, IncreaseTo = totalCount }],
                        new CreatePartitionsOptions { ValidateOnly = validateOnly, RequestTimeout = clients.RequestTimeout });
                }
                catch (CreatePartitionsException e)
                {
                    return KafkaErrorTexts.Of(e.Results[0].Error, topic);
                }

                if (!validateOnly)
                {
                    connection.ForgetTopic(topic);
                    await SettleAsync(clients, topic, t => t.Partitions.Count >= totalCount && t.Partitions.All(p => p.Leader >= 0), ct);
                }

                return default(Done);
            },
            topic,
            cancellationToken);

    /// <summary>How long the broker may take, a little less than we wait.</summary>
    private static int BrokerTimeoutMs(PrincipalClients clients) => (int)(clients.RequestTimeout * 0.9).TotalMilliseconds;

    private static async Task<WireTopic> FindAsync(PrincipalClients clients, string topic, bool authorizedOperations, CancellationToken cancellationToken)
    {
        var metadata = await clients.Wire.MetadataAsync([topic], authorizedOperations, cancellationToken);
        return metadata.Topics.FirstOrDefault(t => t.Name == topic)
            ?? new WireTopic(KafkaErrorCode.UnknownTopicOrPartition, topic, false, [], int.MinValue);
    }

    private Task SettleAsync(PrincipalClients clients, string topic, Func<WireTopic, bool> isSettled, CancellationToken cancellationToken) =>
        Propagation.WaitAsync(clients.Wire, topic, isSettled, connection.Time, cancellationToken);

    private static TopicDescription Describe(WireTopic topic, bool withOperations) => new(
        topic.Name,
        topic.IsInternal,
        topic.Partitions
            .OrderBy(p => p.Id)
            .Select(p => new PartitionDescription(p.Id, p.Leader < 0 ? null : p.Leader, p.Replicas, p.InSync))
            .ToArray(),
        withOperations && topic.AuthorizedOperations != int.MinValue ? Operations(topic.AuthorizedOperations) : null);

    /// <summary>Bit n stands for the operation with number n.</summary>
    private static AclOperation[] Operations(int bits) =>
        Enum.GetValues<AclOperation>().Where(o => o > AclOperation.All && (bits & (1 << (int)o)) != 0).ToArray();
}
