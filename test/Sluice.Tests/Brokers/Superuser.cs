using Sluice.Kafka;
using Sluice.Kafka.Acls;
using Sluice.Kafka.Client;
using Sluice.Kafka.Topics;
using Sluice.Testing.Kafka;

namespace Sluice.Tests.Brokers;

/// <summary>Administers a test's cluster besides the gateway.</summary>
internal sealed class Superuser : IAsyncDisposable
{
    private readonly KafkaClusterConnection _connection;

    public Superuser(RealKafka kafka)
    {
        var options = new KafkaClusterOptions { UnavailableAfter = TimeSpan.FromSeconds(30) };
        options.Client["bootstrap.servers"] = kafka.Plain;
        _connection = new KafkaClusterConnection(options);
        Cluster = _connection.For(new ClusterCaller("User:test"));
    }

    public ICluster Cluster { get; }

    public async Task CreateTopicAsync(string name)
    {
        var made = await Cluster.CreateTopicAsync(new NewTopic(name, 1, 1), TestContext.Current.CancellationToken);
        Assert.True(made.IsSuccess, made.Error.ToString());
    }

    /// <summary>Allows everything with topics.</summary>
    public Task AllowAsync(string principal, string topic = "*") =>
        MakeAsync(new AclBinding(AclResourceType.Topic, topic, AclPatternType.Literal, principal, "*", AclOperation.All, AclPermission.Allow));

    /// <summary>Allows making and removing ACLs.</summary>
    public Task AllowAlterAsync(string principal) =>
        MakeAsync(new AclBinding(AclResourceType.Cluster, "kafka-cluster", AclPatternType.Literal, principal, "*", AclOperation.Alter, AclPermission.Allow));

    /// <summary>Allows reading ACLs.</summary>
    public Task AllowDescribeAsync(string principal) =>
        MakeAsync(new AclBinding(AclResourceType.Cluster, "kafka-cluster", AclPatternType.Literal, principal, "*", AclOperation.Describe, AclPermission.Allow));

    public async Task MakeAsync(AclBinding acl) =>
        Assert.All(await Cluster.CreateAclsAsync([acl], TestContext.Current.CancellationToken), made => Assert.True(made.IsSuccess, made.Error.ToString()));

    public async Task RemoveAsync(AclBinding acl)
    {
        var filter = new AclFilter(acl.ResourceType, acl.ResourceName, acl.PatternType, acl.Principal, acl.Host, acl.Operation, acl.Permission);
        var removed = await Cluster.DeleteAclsAsync(filter, TestContext.Current.CancellationToken);
        Assert.Equal([acl], removed.TryGet(out var gone, out var error) ? gone : throw new InvalidOperationException(error.ToString()));
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();
}
