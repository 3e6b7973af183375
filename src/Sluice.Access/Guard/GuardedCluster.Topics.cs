using Sluice.Kafka;
using Sluice.Kafka.Acls;
using Sluice.Kafka.Topics;

namespace Sluice.Access.Guard;

public sealed partial class GuardedCluster
{
    private static readonly AclOperation[] TopicOperations =
    [
        AclOperation.Read, AclOperation.Write, AclOperation.Create, AclOperation.Delete, AclOperation.Alter, AclOperation.Describe,
        AclOperation.DescribeConfigs, AclOperation.AlterConfigs,
    ];

    /// <summary>Metadata for all topics: those that the caller may describe.</summary>
    public async Task<KafkaResult<IReadOnlyList<TopicDescription>>> ListTopicsAsync(bool includeAuthorizedOperations, CancellationToken cancellationToken)
    {
        var listed = await inner.ListTopicsAsync(includeAuthorizedOperations: false, cancellationToken);
        return listed.TryGet(out var topics, out var error)
            ? topics.Where(topic => May(AccessNeed.Topic(AclOperation.Describe, topic.Name))).Select(topic => WithOperations(topic, includeAuthorizedOperations)).ToArray()
            : error;
    }

    /// <summary>Metadata: DESCRIBE on the topic, whether or not there is one.</summary>
    public async Task<KafkaResult<TopicDescription>> DescribeTopicAsync(string topic, bool includeAuthorizedOperations, CancellationToken cancellationToken)
    {
        if (Refusal(AccessNeed.Topic(AclOperation.Describe, topic)) is { } refused)
        {
            return refused;
        }

        var found = await inner.DescribeTopicAsync(topic, includeAuthorizedOperations: false, cancellationToken);
        return found.TryGet(out var description, out var error) ? WithOperations(description, includeAuthorizedOperations) : error;
    }

    /// <summary>
    /// CreateTopics: CREATE on the cluster or on the topic. What it was made with is told to those with DESCRIBE_CONFIGS on it (KIP-525).
    /// </summary>
    public async Task<KafkaResult<CreatedTopic>> CreateTopicAsync(NewTopic topic, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(topic);
        if (RefusalOfTopicOrCluster(AclOperation.Create, topic.Name) is { } refused)
        {
            return refused;
        }

        var created = await inner.CreateTopicAsync(topic, cancellationToken);
        return !created.TryGet(out var made, out var error) ? error
            : May(AccessNeed.Topic(AclOperation.DescribeConfigs, topic.Name)) ? made
            : new CreatedTopic(null, null);
    }

    /// <summary>
    /// DeleteTopics: DELETE on the topic, which also has to be seen, or on the cluster. Who may only describe it learns that there is none, as from brokers
    /// (<c>ControllerApis.deleteTopics</c>).
    /// </summary>
    public async Task<KafkaResult<Done>> DeleteTopicAsync(string topic, CancellationToken cancellationToken)
    {
        var describe = AccessNeed.Topic(AclOperation.Describe, topic);
        if (RefusalOfTopicOrCluster(AclOperation.Delete, topic) is { } refused)
        {
            return May(describe) && await inner.DescribeTopicAsync(topic, includeAuthorizedOperations: false, cancellationToken) is { IsSuccess: false } none
                ? none.Error
                : refused;
        }

        return !May(AccessNeed.Cluster(AclOperation.Delete)) && Refusal(describe) is { } unseen ? unseen : await inner.DeleteTopicAsync(topic, cancellationToken);
    }

    /// <summary>CreatePartitions: ALTER on the topic.</summary>
    public Task<KafkaResult<Done>> CreatePartitionsAsync(string topic, int totalCount, bool validateOnly, CancellationToken cancellationToken) =>
        Refusal(AccessNeed.Topic(AclOperation.Alter, topic)) is { } refused
            ? Task.FromResult<KafkaResult<Done>>(refused)
            : inner.CreatePartitionsAsync(topic, totalCount, validateOnly, cancellationToken);

    /// <summary>The right to the topic, or to the cluster. Unlike Kafka, which then looks no further, a denial of the topic holds against a right to the cluster.</summary>
    private KafkaError? RefusalOfTopicOrCluster(AclOperation operation, string topic)
    {
        var need = AccessNeed.Topic(operation, topic);
        var decision = access.Current.Decide(caller, need);
        return decision.IsAllowed || (decision.Acl is null && May(AccessNeed.Cluster(operation))) ? null : Refuse(decision, need);
    }

    private TopicDescription WithOperations(TopicDescription topic, bool wanted) => wanted
        ? topic with { AuthorizedOperations = [.. TopicOperations.Where(operation => May(AccessNeed.Topic(operation, topic.Name)))] }
        : topic;
}
