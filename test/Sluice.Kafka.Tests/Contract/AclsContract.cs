using Sluice.Kafka.Acls;

namespace Sluice.Kafka.Tests.Contract;

public abstract class AclsContract(ContractCluster cluster) : ClusterContract(cluster)
{
    [Fact]
    public async Task Acls_are_stored_found_and_deleted_by_filter()
    {
        var principal = $"User:{NewName("p")}";
        AclBinding[] acls =
        [
            Acl(principal, "orders", AclPatternType.Literal), Acl(principal, "ord", AclPatternType.Prefixed),
            Acl(principal, "*", AclPatternType.Literal), Acl(principal, "other", AclPatternType.Literal),
        ];
        Assert.All(await Cluster.CreateAclsAsync(acls, Cancelled), result => Assert.True(result.IsSuccess, result.Error.ToString()));
        Assert.True((await Cluster.CreateAclsAsync(acls[..1], Cancelled))[0].IsSuccess);

        await EventuallyAsync(async () => await NamesAsync(null, AclPatternType.Any) is ["*", "ord", "orders", "other"]);
        Assert.Equal(["*", "ord", "orders"], await NamesAsync("orders", AclPatternType.Match));
        Assert.Equal(["orders"], await NamesAsync("orders", AclPatternType.Literal));
        Assert.Equal(["ord"], await NamesAsync(null, AclPatternType.Prefixed));
        Assert.Empty(await NamesAsync("orders", AclPatternType.Prefixed));

        var gone = (await Cluster.DeleteAclsAsync(Filter("orders", AclPatternType.Match), Cancelled)).Value;
        Assert.Equal(3, gone.Count);
        await EventuallyAsync(async () => await NamesAsync(null, AclPatternType.Any) is ["other"]);
        await Cluster.DeleteAclsAsync(Filter(null, AclPatternType.Any), Cancelled);

        AclFilter Filter(string? name, AclPatternType pattern) =>
            new(AclResourceType.Topic, name, pattern, principal, null, AclOperation.Any, AclPermission.Any);

        async Task<string[]> NamesAsync(string? name, AclPatternType pattern) =>
            [.. (await Cluster.DescribeAclsAsync(Filter(name, pattern), Cancelled)).Value.Select(acl => acl.ResourceName).Order(StringComparer.Ordinal)];
    }

    [Fact]
    public async Task Type_host_operation_and_permission_tell_acls_apart()
    {
        var principal = $"User:{NewName("p")}";
        var topic = Acl(principal, "same", AclPatternType.Literal);
        AclBinding[] acls =
        [
            topic, topic with { ResourceType = AclResourceType.Group }, topic with { Host = "10.0.0.1" },
            topic with { Operation = AclOperation.Describe }, topic with { Permission = AclPermission.Deny },
        ];
        Assert.All(await Cluster.CreateAclsAsync(acls, Cancelled), result => Assert.True(result.IsSuccess, result.Error.ToString()));
        await EventuallyAsync(async () => (await FindAsync(new(AclResourceType.Any, null, AclPatternType.Any, principal, null, AclOperation.Any, AclPermission.Any))).Length == 5);

        Assert.Equal([acls[1]], await FindAsync(new(AclResourceType.Group, null, AclPatternType.Any, principal, null, AclOperation.Any, AclPermission.Any)));
        Assert.Equal([acls[2]], await FindAsync(new(AclResourceType.Any, null, AclPatternType.Any, principal, "10.0.0.1", AclOperation.Any, AclPermission.Any)));
        Assert.Equal([acls[3]], await FindAsync(new(AclResourceType.Any, null, AclPatternType.Any, principal, null, AclOperation.Describe, AclPermission.Any)));
        Assert.Equal([acls[4]], await FindAsync(new(AclResourceType.Any, null, AclPatternType.Any, principal, null, AclOperation.Any, AclPermission.Deny)));
        Assert.Equal(5, (await Cluster.DeleteAclsAsync(new(AclResourceType.Any, null, AclPatternType.Any, principal, null, AclOperation.Any, AclPermission.Any), Cancelled)).Value.Count);

        async Task<AclBinding[]> FindAsync(AclFilter filter) => [.. (await Cluster.DescribeAclsAsync(filter, Cancelled)).Value];
    }

    [Fact]
    public async Task Each_acl_stands_by_itself()
    {
        var principal = $"User:{NewName("p")}";
        var results = await Cluster.CreateAclsAsync(
            [Acl(principal, "t", AclPatternType.Literal), Acl(principal, "nope", AclPatternType.Literal) with { ResourceType = AclResourceType.Cluster }],
            Cancelled);
        Assert.True(results[0].IsSuccess);
        AssertError(KafkaErrorCode.InvalidRequest, results[1]);
    }

    private static AclBinding Acl(string principal, string name, AclPatternType pattern) =>
        new(AclResourceType.Topic, name, pattern, principal, "*", AclOperation.Read, AclPermission.Allow);
}
