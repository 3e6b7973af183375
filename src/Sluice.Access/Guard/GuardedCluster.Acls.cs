using Sluice.Kafka;
using Sluice.Kafka.Acls;

namespace Sluice.Access.Guard;

public sealed partial class GuardedCluster
{
    /// <summary>DescribeAcls: DESCRIBE on the cluster.</summary>
    public Task<KafkaResult<IReadOnlyList<AclBinding>>> DescribeAclsAsync(AclFilter filter, CancellationToken cancellationToken) =>
        Refusal(AccessNeed.Cluster(AclOperation.Describe)) is { } refused
            ? Task.FromResult<KafkaResult<IReadOnlyList<AclBinding>>>(refused)
            : inner.DescribeAclsAsync(filter, cancellationToken);

    /// <summary>CreateAcls: ALTER on the cluster.</summary>
    public async Task<IReadOnlyList<KafkaResult<Done>>> CreateAclsAsync(IReadOnlyList<AclBinding> bindings, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(bindings);
        if (Refusal(AccessNeed.Cluster(AclOperation.Alter)) is { } refused)
        {
            return [.. bindings.Select(_ => new KafkaResult<Done>(refused))];
        }

        var results = await inner.CreateAclsAsync(bindings, cancellationToken);
        var made = bindings.Where((_, i) => results[i].IsSuccess).ToArray();
        if (made.Length > 0)
        {
            await access.Acls.SettleAsync(acls => made.All(acls.Contains), cancellationToken);
        }

        return results;
    }

    /// <summary>DeleteAcls: ALTER on the cluster.</summary>
    public async Task<KafkaResult<IReadOnlyList<AclBinding>>> DeleteAclsAsync(AclFilter filter, CancellationToken cancellationToken)
    {
        if (Refusal(AccessNeed.Cluster(AclOperation.Alter)) is { } refused)
        {
            return refused;
        }

        var deleted = await inner.DeleteAclsAsync(filter, cancellationToken);
        if (deleted.TryGet(out var gone, out _) && gone.Count > 0)
        {
            await access.Acls.SettleAsync(acls => !gone.Any(acls.Contains), cancellationToken);
        }

        return deleted;
    }
}
