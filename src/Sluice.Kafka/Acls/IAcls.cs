namespace Sluice.Kafka.Acls;

public interface IAcls
{
    /// <summary>DescribeAcls. A cluster without an authorizer answers <see cref="KafkaErrorCode.SecurityDisabled"/>.</summary>
    Task<KafkaResult<IReadOnlyList<AclBinding>>> DescribeAclsAsync(AclFilter filter, CancellationToken cancellationToken);

    /// <summary>CreateAcls: one result for each binding, in order; each stands by itself. Creating one that exists succeeds.</summary>
    Task<IReadOnlyList<KafkaResult<Done>>> CreateAclsAsync(IReadOnlyList<AclBinding> bindings, CancellationToken cancellationToken);

    /// <summary>DeleteAcls: removes what matches and returns it.</summary>
    Task<KafkaResult<IReadOnlyList<AclBinding>>> DeleteAclsAsync(AclFilter filter, CancellationToken cancellationToken);
}
