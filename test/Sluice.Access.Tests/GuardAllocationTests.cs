using Microsoft.Extensions.Logging.Abstractions;
using Sluice.Access.Guard;
using Sluice.Kafka;
using Sluice.Kafka.Acls;
using Sluice.Kafka.Records;
using Sluice.Testing;

namespace Sluice.Access.Tests;

public sealed class GuardAllocationTests
{
    [Theory]
    [InlineData(AclPermission.Allow, KafkaErrorCode.None, 1000)]
    [InlineData(AclPermission.Deny, KafkaErrorCode.TopicAuthorizationFailed, 0)]
    public void Once_judged_a_record_costs_no_allocation_and_a_denied_one_does_not_reach_the_cluster(AclPermission permission, KafkaErrorCode expected, int reached)
    {
        var cluster = new CountingCluster();
        var access = new TestAccess().With(TestAccess.Acl(permission, AclOperation.Write, "orders"));
        var guarded = new GuardedCluster(cluster, access.Access, TestAccess.Caller("User:pool-b", "User:pool-a"), NullLogger.Instance);
        Assert.Equal(expected, Produce(guarded)); // judged
        cluster.Produced = 0;

        var before = GC.GetAllocatedBytesForCurrentThread();
        var last = expected;
        for (var i = 0; i < 1000; i++)
        {
            last = Produce(guarded);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal((expected, reached), (last, cluster.Produced));
    }

    [Fact]
    public void Records_of_a_stream_are_judged_anew_when_the_rules_change()
    {
        var cluster = new CountingCluster();
        var access = new TestAccess().With(TestAccess.Acl(AclPermission.Allow, AclOperation.Write, "orders"));
        var guarded = new GuardedCluster(cluster, access.Access, TestAccess.Caller("User:pool-a"), NullLogger.Instance);
        Assert.Equal(KafkaErrorCode.None, Produce(guarded));
        Assert.Equal(KafkaErrorCode.TopicAuthorizationFailed, Produce(guarded, "other"));

        // No client finds the leader of a topic that it may not describe.
        access.With(TestAccess.Acl(AclPermission.Allow, AclOperation.Write, "orders"), TestAccess.Acl(AclPermission.Deny, AclOperation.Describe, "orders"));
        Assert.Equal(KafkaErrorCode.TopicAuthorizationFailed, Produce(guarded));

        access.With();
        Assert.Equal(KafkaErrorCode.TopicAuthorizationFailed, Produce(guarded));
        access.Grant("DeveloperWrite", "/topic=orders");
        Assert.Equal(KafkaErrorCode.None, Produce(guarded));
        access.Acls = null;
        Assert.Equal(KafkaErrorCode.TopicAuthorizationFailed, Produce(guarded));
    }

    private static KafkaErrorCode Produce(GuardedCluster cluster, string topic = "orders")
    {
        var task = cluster.ProduceAsync(new RecordToProduce { Topic = topic, HasValue = true, Value = "v"u8 });
        return task.IsCompletedSuccessfully ? task.Result.Error.Code : throw new InvalidOperationException("It has nothing to wait for.");
    }

    private sealed class CountingCluster() : FailingCluster("lkc-1")
    {
        public int Produced { get; set; }

        public override ValueTask<DeliveryReport> ProduceAsync(in RecordToProduce record)
        {
            Produced++;
            return new(new DeliveryReport(default, 0, 0, 0));
        }
    }
}
