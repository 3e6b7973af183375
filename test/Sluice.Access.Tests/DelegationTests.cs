using CsCheck;
using Sluice.Access.Roles;
using Sluice.Kafka.Acls;
using Sluice.State;

namespace Sluice.Access.Tests;

public sealed class DelegationTests
{
    private const string Organization = "crn://confluent.cloud/organization=o";
    private const string Cluster = Organization + "/environment=e/cloud-cluster=c";
    private const string Topic = Cluster + "/kafka=c/topic=orders";

    private static readonly string[] Roles = ["ResourceOwner", "ResourceOwner", "CloudClusterAdmin", "EnvironmentAdmin", "DeveloperRead", "DeveloperWrite", "DeveloperManage", "Operator"];
    private static readonly AclOperation[] AllOperations = [.. Enum.GetValues<AclOperation>().Where(operation => operation > AclOperation.Any)];

    [Fact]
    public void Whoever_gets_a_binding_from_somebody_can_do_nothing_with_it_that_the_giver_could_not()
    {
        var given = 0;
        var role = PatternWorld.OneOf([.. Roles, .. Roles, .. RoleTable.Names]);
        var cases =
            from place in PatternWorld.Place()
            from has in Gen.Select(role, Gen.OneOf(PatternWorld.In(place), PatternWorld.Crn)).Array[1, 3]
            from wanted in Gen.Select(role, PatternWorld.In(place))
            select (has, wanted);
        cases.Sample(
            (has, wanted) =>
            {
                if (!Of(has).MayAlter(wanted.Item1, PatternWorld.Parse(wanted.Item2), out _))
                {
                    return;
                }

                Interlocked.Increment(ref given);
                foreach (var cluster in PatternWorld.Clusters.Where(cluster => cluster.OrganizationId == "o"))
                {
                    var (giver, taker) = (Rules(cluster, has), Rules(cluster, [wanted]));
                    foreach (var need in from type in PatternWorld.Types from name in PatternWorld.Names from operation in AllOperations select new AccessNeed(operation, type, name))
                    {
                        Assert.True(!Allows(taker, need) || Allows(giver, need), $"{wanted} gives {need} on {cluster}, which {string.Join(" and ", has)} has not.");
                    }
                }
            },
            iter: 30_000);

        Assert.True(given > 100, $"Only {given} were given: the test says little.");
    }

    [Theory]
    [InlineData("OrganizationAdmin", Organization, "OrganizationAdmin", Organization, true)]
    [InlineData("OrganizationAdmin", Organization, "DeveloperRead", "crn://confluent.cloud/kafka=c/topic=t", true)]
    [InlineData("EnvironmentAdmin", Organization + "/environment=e", "EnvironmentAdmin", Organization + "/environment=e", true)]
    [InlineData("EnvironmentAdmin", Organization + "/environment=e", "CloudClusterAdmin", Cluster, true)]
    [InlineData("EnvironmentAdmin", Organization + "/environment=e", "ResourceOwner", Organization + "/environment=e/schema-registry=s/subject=x", true)]
    [InlineData("EnvironmentAdmin", Organization + "/environment=e", "EnvironmentAdmin", Organization + "/environment=e2", false)]
    [InlineData("EnvironmentAdmin", Organization + "/environment=e", "EnvironmentAdmin", Organization + "/environment=*", false)]
    [InlineData("EnvironmentAdmin", Organization + "/environment=e", "OrganizationAdmin", Organization, false)]
    [InlineData("EnvironmentAdmin", Organization, "DeveloperRead", Topic, false)]
    [InlineData("CloudClusterAdmin", Cluster, "CloudClusterAdmin", Cluster + "/kafka=c", true)]
    [InlineData("CloudClusterAdmin", Cluster + "/kafka=c", "CloudClusterAdmin", Cluster, true)]
    [InlineData("CloudClusterAdmin", Cluster, "MetricsViewer", Cluster, true)]
    [InlineData("CloudClusterAdmin", Cluster, "ResourceOwner", Topic, true)]
    [InlineData("CloudClusterAdmin", Cluster, "EnvironmentAdmin", Organization + "/environment=e", false)]
    [InlineData("CloudClusterAdmin", Cluster, "DeveloperRead", Organization + "/environment=e/cloud-cluster=d/kafka=d/topic=orders", false)]
    [InlineData("OrganizationAdmin", Topic, "DeveloperRead", Topic, false)]
    [InlineData("ResourceOwner", Topic, "ResourceOwner", Topic, true)]
    [InlineData("ResourceOwner", Topic, "DeveloperRead", Topic, true)]
    [InlineData("ResourceOwner", Topic, "DeveloperWrite", Topic, true)]
    [InlineData("ResourceOwner", Topic, "DeveloperManage", Topic, true)]
    [InlineData("ResourceOwner", Topic, "Operator", Topic, false)]
    [InlineData("ResourceOwner", Topic, "CloudClusterAdmin", Topic, false)]
    [InlineData("ResourceOwner", Topic, "AccountAdmin", Topic, false)]
    [InlineData("ResourceOwner", Topic, "FlinkAdmin", Topic, false)]
    [InlineData("ResourceOwner", Topic, "Emperor", Topic, false)]
    [InlineData("ResourceOwner", Cluster, "DeveloperRead", Cluster, true)]
    [InlineData("ResourceOwner", Cluster, "DeveloperWrite", Cluster, false)]
    [InlineData("ResourceOwner", Cluster, "DeveloperWrite", Topic, true)]
    [InlineData("ResourceOwner", Cluster, "Operator", Cluster, false)]
    [InlineData("ResourceOwner", Cluster, "MetricsViewer", Cluster, false)]
    [InlineData("ResourceOwner", Organization + "/identity-provider=op-1/identity-pool=pool-1", "ResourceOwner", Organization + "/identity-provider=op-1/identity-pool=pool-1", false)]
    [InlineData("DeveloperManage", Topic, "DeveloperManage", Topic, false)]
    [InlineData("Operator", Cluster, "Operator", Cluster, false)]
    [InlineData("AccountAdmin", Organization, "DeveloperRead", Topic, false)]
    [InlineData("AccountAdmin", Organization, "AccountAdmin", Organization, false)]
    public void Who_has_the_one_may_give_the_other(string has, string at, string role, string scope, bool may) =>
        Assert.Equal(may, Of((has, at)).MayAlter(role, PatternWorld.Parse(scope), out _));

    [Fact]
    public void Roles_add_up_and_what_is_missing_is_told()
    {
        Assert.False(Of(("ResourceOwner", Cluster)).MayAlter("DeveloperWrite", PatternWorld.Parse(Cluster), out var excess));
        Assert.Equal("DeveloperWrite gives IDEMPOTENT_WRITE on CLUSTER", excess);
        Assert.True(Of(("ResourceOwner", Cluster), ("DeveloperWrite", Cluster)).MayAlter("DeveloperWrite", PatternWorld.Parse(Cluster), out excess));
        Assert.Null(excess);
        Assert.False(Of(("ResourceOwner", Topic)).MayAlter("DeveloperRead", PatternWorld.Parse(Cluster), out excess));
        Assert.Null(excess);
    }

    [Fact]
    public void Those_who_could_are_named_with_the_innermost_scope_that_would_do()
    {
        Assert.Equal(
            [$"EnvironmentAdmin at {Organization}/environment=e", $"CloudClusterAdmin at {Cluster}/kafka=c", $"ResourceOwner at {Topic}"],
            Delegation.WhoMayAlter("DeveloperRead", PatternWorld.Parse(Topic), PatternWorld.Parse(Organization)));
        Assert.Equal(
            [$"EnvironmentAdmin at {Organization}/environment=e", $"CloudClusterAdmin at {Cluster}"],
            Delegation.WhoMayAlter("Operator", PatternWorld.Parse(Cluster), PatternWorld.Parse(Organization)));
        Assert.Empty(Delegation.WhoMayAlter("AccountAdmin", PatternWorld.Parse(Organization), PatternWorld.Parse(Organization)));
    }

    [Theory]
    [InlineData("OrganizationAdmin", Organization, null)]
    [InlineData("OrganizationAdmin", Topic, "OrganizationAdmin holds for the organization, not for a topic")]
    [InlineData("AccountAdmin", Cluster, "AccountAdmin holds for the organization, not for a cluster")]
    [InlineData("EnvironmentAdmin", Organization, "EnvironmentAdmin holds for an environment, not for the organization")]
    [InlineData("CloudClusterAdmin", Topic, "CloudClusterAdmin holds for a cluster, not for a topic")]
    [InlineData("CloudClusterAdmin", Cluster, null)]
    [InlineData("CloudClusterAdmin", Cluster + "/kafka=c", null)]
    [InlineData("Operator", Topic, "Operator holds for the organization, an environment or a cluster, not for a topic")]
    [InlineData("Operator", Organization, null)]
    [InlineData("MetricsViewer", Organization, null)]
    [InlineData("DeveloperRead", Organization + "/environment=e", null)]
    [InlineData("DeveloperRead", Organization, "DeveloperRead holds for an environment, a cluster, a topic, a group, a transactional id or what is no part of Kafka, not for the organization")]
    [InlineData("ResourceOwner", Organization + "/identity-provider=op-1/identity-pool=pool-1", null)]
    [InlineData("FlinkAdmin", Topic, "FlinkAdmin holds for the organization, an environment, a cluster or what is no part of Kafka, not for a topic")]
    [InlineData("DeveloperRead", Organization + "/topic=a", "crn_pattern names nothing")]
    public void A_role_is_bound_where_it_means_something(string role, string scope, string? problem)
    {
        var found = RoleTable.CannotBeBound(role, PatternWorld.Parse(scope));

        Assert.Equal(problem is null, found is null);
        Assert.StartsWith(problem ?? "", found ?? "", StringComparison.Ordinal);
    }

    private static Delegation Of(params (string Role, string Crn)[] bindings) =>
        new(bindings.Select(binding => new RoleBinding("rb", "User:a", binding.Role, binding.Crn)), PatternWorld.Parse(Organization));

    private static ClusterRules Rules(Crn.KafkaScope cluster, (string Role, string Crn)[] bindings)
    {
        var access = new TestAccess();
        foreach (var (role, crn) in bindings)
        {
            access.GrantAt(role, crn);
        }

        return new ClusterRules(access.Current, cluster, new Acls.AclTable([]));
    }

    private static bool Allows(ClusterRules rules, AccessNeed need) => rules.Allows(TestAccess.Caller("User:pool-a"), need);
}
