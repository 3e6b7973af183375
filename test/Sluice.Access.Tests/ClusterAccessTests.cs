using Sluice.Kafka.Acls;
using Sluice.State;
using static Sluice.Kafka.Acls.AclOperation;

namespace Sluice.Access.Tests;

public sealed class ClusterAccessTests
{
    [Fact]
    public void The_rules_are_the_same_object_until_a_binding_or_an_ACL_changes()
    {
        var access = new TestAccess().Grant("DeveloperRead", "/topic=orders");
        var before = access.Access.Current;

        Assert.Same(before, access.Access.Current);
        access.Declare(new ServiceAccount("sa-1", "one", ""));
        Assert.Same(before, access.Access.Current);

        access.Grant("DeveloperWrite", "/topic=orders");
        var after = access.Access.Current;
        Assert.NotSame(before, after);
        Assert.False(before.Allows(TestAccess.Caller("User:pool-a"), AccessNeed.Topic(Write, "orders")));
        Assert.True(after.Allows(TestAccess.Caller("User:pool-a"), AccessNeed.Topic(Write, "orders")));

        access.With(TestAccess.Acl(AclPermission.Deny, Write, "orders"));
        Assert.False(access.Allows(Write, "orders"));
    }

    [Fact]
    public void While_the_ACLs_are_not_known_nothing_is_allowed()
    {
        var access = new TestAccess().Grant("OrganizationAdmin");
        Assert.True(access.Allows(Read, "orders"));

        access.Acls = null;

        Assert.False(access.Allows(Read, "orders"));
    }

    [Fact]
    public void A_cluster_that_tells_its_id_late_is_nobodys_until_then_and_not_longer()
    {
        var access = new TestAccess { ClusterId = null }.Grant("CloudClusterAdmin");
        Assert.False(access.Allows(Read, "orders"));

        access.ClusterId = "lkc-1";

        Assert.True(access.Allows(Read, "orders"));
    }

    [Fact]
    public void A_decision_costs_no_allocation()
    {
        var access = new TestAccess().Grant("DeveloperRead", "/topic=orders-*").Grant("DeveloperWrite", "/topic=orders", "User:pool-b")
            .With([.. Enumerable.Range(0, 1000).Select(i => TestAccess.Acl(AclPermission.Allow, Read, $"topic-{i}", $"User:pool-{i}", i % 2 == 0 ? AclPatternType.Literal : AclPatternType.Prefixed))]);
        var caller = TestAccess.Caller("User:pool-a", "User:pool-b", "User:pool-c");
        var need = AccessNeed.Topic(Write, "orders");
        Assert.True(access.Access.Current.Allows(caller, need));

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            access.Access.Current.Allows(caller, need);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void A_name_with_line_breaks_in_it_stays_on_its_line()
    {
        var caller = TestAccess.Caller("User:pool-a");
        var need = AccessNeed.Group(Read, "a\r\nINFO: let in\u2028\ud800");

        Assert.Equal("READ on GROUP a??INFO: let in??", need.ToString());
        Assert.DoesNotContain(new TestAccess().Access.Current.Decide(caller, need).Describe(caller, need), char.IsControl);
        Assert.Equal("READ on TOPIC " + new string('x', 300) + "…", AccessNeed.Topic(Read, new string('x', 5000)).ToString());
    }

    [Fact]
    public void What_decided_is_said()
    {
        var access = new TestAccess().Grant("DeveloperRead", "/topic=orders-*");
        var caller = TestAccess.Caller("User:pool-a", "User:pool-b");

        Assert.Equal(
            $"The role binding rb-0 (DeveloperRead for User:pool-a at {TestAccess.ClusterCrn}/topic=orders-*) allows READ on TOPIC orders-1.",
            Why(AccessNeed.Topic(Read, "orders-1")));
        Assert.Equal("No role binding and no ACL grants ALTER_CONFIGS on the CLUSTER to User:pool-a or User:pool-b.", Why(AccessNeed.Cluster(AlterConfigs)));

        access.With(TestAccess.Acl(AclPermission.Deny, All, "or", "User:*", AclPatternType.Prefixed));
        Assert.Equal("The ACL DENY ALL on PREFIXED TOPIC or for User:* from * denies READ on TOPIC orders-1.", Why(AccessNeed.Topic(Read, "orders-1")));

        access.With(TestAccess.Acl(AclPermission.Allow, Write, "orders", "User:pool-b", host: "127.0.0.1"));
        Assert.Equal("The ACL ALLOW WRITE on LITERAL TOPIC orders for User:pool-b from 127.0.0.1 allows DESCRIBE on TOPIC orders.", Why(AccessNeed.Topic(Describe, "orders")));

        string Why(AccessNeed need) => access.Access.Current.Decide(caller, need).Describe(caller, need);
    }
}
