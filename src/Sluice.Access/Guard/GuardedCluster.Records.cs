using Sluice.Kafka;
using Sluice.Kafka.Acls;
using Sluice.Kafka.Records;

namespace Sluice.Access.Guard;

public sealed partial class GuardedCluster
{
    private volatile Judged? _judged;

    /// <summary>
    /// Produce: WRITE on the topic, which also makes the producer's idempotence its right (KIP-679); and DESCRIBE, without which no client finds the leader: WRITE gives
    /// it, but an ACL may deny it.
    /// </summary>
    /// <remarks>HOT. Each record is judged; the judgement is kept for as long as the rules are the same.</remarks>
    public ValueTask<DeliveryReport> ProduceAsync(in RecordToProduce record)
    {
        var rules = access.Current;
        var judged = _judged;
        if (judged is null || judged.Rules != rules || judged.Topic != record.Topic)
        {
            _judged = judged = Judge(rules, record.Topic);
        }

        return judged.Refusal is { } refused ? new(DeliveryReport.Failed(refused)) : inner.ProduceAsync(record);
    }

    /// <summary>Fetch: READ on the topic.</summary>
    public Task<KafkaResult<IReadOnlyList<StoredRecord>>> ReadAsync(
        TopicPartition partition, long offset, int maxRecords, int maxBytes, CancellationToken cancellationToken) =>
        Refusal(AccessNeed.Topic(AclOperation.Read, partition.Topic)) is { } refused
            ? Task.FromResult<KafkaResult<IReadOnlyList<StoredRecord>>>(refused)
            : inner.ReadAsync(partition, offset, maxRecords, maxBytes, cancellationToken);

    private Judged Judge(ClusterRules rules, string topic)
    {
        var need = AccessNeed.Topic(AclOperation.Write, topic);
        var decision = rules.Decide(caller, need);
        if (decision.IsAllowed)
        {
            need = AccessNeed.Topic(AclOperation.Describe, topic);
            decision = rules.Decide(caller, need);
        }

        return new Judged(rules, topic, decision.IsAllowed ? null : Refuse(decision, need));
    }

    private sealed record Judged(ClusterRules Rules, string Topic, KafkaError? Refusal);
}
