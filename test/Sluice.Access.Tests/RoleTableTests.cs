using Sluice.Access.Roles;
using Sluice.Kafka.Acls;

namespace Sluice.Access.Tests;

/// <summary>The roles' rights, written down a second time: every operation on every kind of resource.</summary>
public sealed class RoleTableTests
{
    private const string All = "ALL READ WRITE CREATE DELETE ALTER DESCRIBE CLUSTER_ACTION DESCRIBE_CONFIGS ALTER_CONFIGS IDEMPOTENT_WRITE";

    [Theory]
    [InlineData("OrganizationAdmin", All, All, All, All)]
    [InlineData("EnvironmentAdmin", All, All, All, All)]
    [InlineData("CloudClusterAdmin", All, All, All, All)]
    [InlineData("ResourceOwner", "CREATE DELETE READ WRITE DESCRIBE DESCRIBE_CONFIGS ALTER ALTER_CONFIGS", "READ DESCRIBE DELETE", "DESCRIBE WRITE", "")]
    [InlineData("DeveloperRead", "READ DESCRIBE", "READ DESCRIBE", "DESCRIBE", "")]
    [InlineData("DeveloperWrite", "WRITE DESCRIBE", "", "WRITE DESCRIBE", "IDEMPOTENT_WRITE")]
    [InlineData("DeveloperManage", "CREATE DELETE DESCRIBE DESCRIBE_CONFIGS", "DESCRIBE DELETE", "DESCRIBE", "CREATE DESCRIBE DESCRIBE_CONFIGS")]
    [InlineData("Operator", "DESCRIBE DESCRIBE_CONFIGS", "DESCRIBE", "DESCRIBE", "DESCRIBE DESCRIBE_CONFIGS")]
    [InlineData("MetricsViewer", "", "", "", "")]
    [InlineData("AccountAdmin", "", "", "", "")]
    [InlineData("FlinkAdmin", "", "", "", "")]
    public void A_role_allows_this_and_nothing_else(string role, string topic, string group, string transactionalId, string cluster)
    {
        var rules = new TestAccess().Grant(role).Access.Current;

        Check(AclResourceType.Topic, "any", topic);
        Check(AclResourceType.Group, "any", group);
        Check(AclResourceType.TransactionalId, "any", transactionalId);
        Check(AclResourceType.Cluster, AccessNeed.ClusterName, cluster);

        void Check(AclResourceType type, string name, string expected) => Assert.Equal(
            expected.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(),
            Enum.GetValues<AclOperation>()
                .Where(operation => operation is not (AclOperation.Unknown or AclOperation.Any or AclOperation.CreateTokens or AclOperation.DescribeTokens or AclOperation.TwoPhaseCommit))
                .Where(operation => rules.Allows(TestAccess.Caller("User:pool-a"), new AccessNeed(operation, type, name)))
                .Select(Operations.Name).Order());
    }

    [Fact]
    public void There_are_the_clouds_roles_and_no_others() => Assert.Equal(
        "AccountAdmin Assigner BillingAdmin CloudClusterAdmin ConnectManager DataDiscovery DataSteward DeveloperManage DeveloperRead DeveloperWrite EnvironmentAdmin FlinkAdmin "
        + "FlinkDeveloper FlinkFunctionDeveloper KsqlAdmin MetricsViewer NetworkAdmin Operator OrganizationAdmin ResourceKeyAdmin ResourceOwner",
        string.Join(' ', RoleTable.Names));

    [Theory]
    [InlineData("", "orders", true)]
    [InlineData("/topic=*", "orders", true)]
    [InlineData("/topic=orders", "orders", true)]
    [InlineData("/topic=orders", "orders-1", false)]
    [InlineData("/topic=orders", "Orders", false)]
    [InlineData("/topic=orders-*", "orders-", true)]
    [InlineData("/topic=orders-*", "orders-1", true)]
    [InlineData("/topic=orders-*", "orders", false)]
    [InlineData("/topic=orders-*", "Orders-1", false)]
    [InlineData("/topic=orders-*", "my-orders-1", false)]
    [InlineData("/topic=orders-%2A", "orders-1", false)]
    [InlineData("/topic=orders-%2A", "orders-*", true)]
    [InlineData("/group=orders", "orders", false)]
    [InlineData("/group=*", "orders", false)]
    public void A_binding_reaches_what_its_pattern_says(string below, string topic, bool reaches) =>
        Assert.Equal(reaches, new TestAccess().Grant("DeveloperRead", below).Allows(AclOperation.Read, topic));

    [Theory]
    [InlineData("crn://confluent.cloud/organization=org-1", true)]
    [InlineData("crn://confluent.cloud/organization=*", true)]
    [InlineData("crn://confluent.cloud/organization=org-1/environment=env-default", true)]
    [InlineData("crn://confluent.cloud/organization=org-1/environment=env-*", true)]
    [InlineData("crn://confluent.cloud/organization=org-1/environment=env-default/cloud-cluster=lkc-1", true)]
    [InlineData("crn://confluent.cloud/organization=org-1/environment=env-default/cloud-cluster=*", true)]
    [InlineData("crn://confluent.cloud/organization=org-1/environment=env-default/cloud-cluster=lkc-1/kafka=lkc-1", true)]
    [InlineData("crn://confluent.cloud/organization=org-1/environment=env-default/cloud-cluster=lkc-1/kafka=lkc-1/topic=*", true)]
    [InlineData("crn://confluent.cloud/organization=org-2", false)]
    [InlineData("crn://confluent.cloud/organization=org", false)]
    [InlineData("crn://example.com/organization=org-1", false)]
    [InlineData("crn://confluent.cloud/organization=org-1/environment=env-other", false)]
    [InlineData("crn://confluent.cloud/organization=org-1/environment=env-default/cloud-cluster=lkc-2", false)]
    [InlineData("crn://confluent.cloud/organization=org-1/environment=env-default/cloud-cluster=lkc-1/kafka=lkc-2", false)]
    [InlineData("crn://confluent.cloud/organization=org-1/environment=env-default/cloud-cluster=lkc-2/kafka=lkc-1/topic=*", false)]
    [InlineData("crn://confluent.cloud/organization=org-1/topic=*", false)]
    [InlineData("crn://confluent.cloud/organization=org-1/environment=env-default/schema-registry=lsrc-1", false)]
    [InlineData("crn://confluent.cloud/organization=org-1/identity-provider=op-1", false)]
    [InlineData("crn://confluent.cloud/organization=org-1/environment=env-default/schema-registry=lsrc-1/subject=*", false)]
    [InlineData("nonsense", false)]
    public void A_binding_at_an_outer_scope_covers_what_is_inside_and_nothing_else(string crn, bool covers)
    {
        var access = new TestAccess().GrantAt("DeveloperRead", crn);

        Assert.Equal(covers, access.Allows(AclOperation.Read, "orders"));
        Assert.Equal(covers, access.Access.Current.AllowsSomething(TestAccess.Caller("User:pool-a")));
    }

    [Fact]
    public void A_role_is_its_principals_alone()
    {
        var access = new TestAccess().Grant("DeveloperRead", "/topic=orders").Grant("DeveloperWrite", "/topic=orders", "User:pool-b");

        Assert.False(access.Allows(AclOperation.Write, "orders", "User:pool-a"));
        Assert.False(access.Allows(AclOperation.Read, "orders", "User:pool-b"));
        Assert.False(access.Allows(AclOperation.Read, "orders", "User:pool"));
        Assert.False(access.Allows(AclOperation.Read, "orders", "User:POOL-A"));
        Assert.False(access.Allows(AclOperation.Read, "orders", "Group:pool-a"));
        Assert.True(access.Allows(AclOperation.Read, "orders", "User:pool-a", "User:pool-b"));
        Assert.True(access.Allows(AclOperation.Write, "orders", "User:pool-a", "User:pool-b"));
    }
}
