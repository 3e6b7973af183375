using System.Net;
using CsCheck;
using Sluice.Kafka.Acls;
using static Sluice.Kafka.Acls.AclOperation;
using static Sluice.Kafka.Acls.AclPermission;

namespace Sluice.Access.Tests;

/// <summary>Decisions by ACLs (Kafka, <c>StandardAuthorizerData</c>) and by both kinds of rules together.</summary>
public sealed class AclRulesTests
{
    private static readonly AclOperation[] Operations = [All, Read, Write, Create, Delete, Alter, Describe, DescribeConfigs, AlterConfigs];

    private static readonly Gen<string> Name = OneOf("orders", "orders-", "orders-1", "Orders-1", "o", "*", "pay", "or");
    private static readonly Gen<string> Principal = OneOf("User:pool-a", "User:pool-b", "User:*", "User:pool");
    private static readonly Gen<string> Host = OneOf("*", "*", "127.0.0.1", "10.0.0.1", "::1", "nowhere");

    private static readonly Gen<AclBinding> Acl = Gen.Select(
        Name, OneOf(AclPatternType.Literal, AclPatternType.Prefixed), Principal, Host, OneOf(Operations), OneOf(Allow, Allow, Deny),
        (name, pattern, principal, host, operation, permission) => new AclBinding(AclResourceType.Topic, name, pattern, principal, host, operation, permission));

    private static readonly Gen<(string Role, string Topic, string Principal)> Grant = Gen.Select(
        OneOf("DeveloperRead", "DeveloperWrite", "DeveloperManage", "ResourceOwner", "Operator"), OneOf("orders", "orders-*", "*", "pay"), Principal);

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    [Fact]
    public void Whatever_the_rules_are_the_decision_is_the_one_that_reading_them_one_by_one_gives() => Gen.Select(
        Acl.Array[0, 8], Grant.Array[0, 3], OneOf("User:pool-a", "User:pool-b").Array[1, 2], Name, OneOf(Operations[1..]), OneOf("127.0.0.1", "::ffff:10.0.0.1", "::1"))
        .Sample(
            (acls, grants, principals, topic, operation, address) =>
            {
                var access = new TestAccess().With(acls);
                foreach (var (role, pattern, principal) in grants)
                {
                    access.Grant(role, $"/topic={pattern}", principal);
                }

                var host = IPAddress.Parse(address);
                host = host.IsIPv4MappedToIPv6 ? host.MapToIPv4() : host;
                var caller = new AccessCaller(principals, IPAddress.Parse(address));

                Assert.Equal(
                    Model(acls, grants, principals, host, topic, operation),
                    access.Access.Current.Allows(caller, AccessNeed.Topic(operation, topic)));
            },
            iter: 20_000,
            threads: 1);

    [Theory]
    [InlineData(Read, Describe, true)]
    [InlineData(Write, Describe, true)]
    [InlineData(Delete, Describe, true)]
    [InlineData(Alter, Describe, true)]
    [InlineData(Create, Describe, false)]
    [InlineData(AlterConfigs, DescribeConfigs, true)]
    [InlineData(AlterConfigs, Describe, false)]
    [InlineData(DescribeConfigs, Describe, false)]
    [InlineData(Describe, Read, false)]
    [InlineData(All, Alter, true)]
    [InlineData(Read, All, false)]
    public void An_operation_that_is_allowed_gives_what_it_implies(AclOperation allowed, AclOperation asked, bool gives) =>
        Assert.Equal(gives, new TestAccess().With(TestAccess.Acl(Allow, allowed, "orders")).Allows(asked, "orders"));

    [Theory]
    [InlineData(Read, Describe, false)]
    [InlineData(Describe, Read, false)]
    [InlineData(Read, Read, true)]
    [InlineData(All, Read, true)]
    public void An_operation_that_is_denied_takes_nothing_but_itself(AclOperation denied, AclOperation asked, bool takes) => Assert.Equal(
        !takes,
        new TestAccess().With(TestAccess.Acl(Allow, All, "orders"), TestAccess.Acl(Deny, denied, "orders")).Allows(asked, "orders"));

    [Fact]
    public void A_denial_of_one_pool_or_of_everyone_beats_whatever_allows()
    {
        var access = new TestAccess().Grant("CloudClusterAdmin").Grant("OrganizationAdmin", principal: "User:pool-b");
        Assert.True(access.Allows(Write, "orders", "User:pool-a", "User:pool-b"));

        Assert.False(access.With(TestAccess.Acl(Deny, Write, "orders", "User:pool-b")).Allows(Write, "orders", "User:pool-a", "User:pool-b"));
        Assert.True(access.Allows(Write, "orders", "User:pool-a"));
        Assert.False(access.With(TestAccess.Acl(Deny, Write, "or", "User:*", AclPatternType.Prefixed)).Allows(Write, "orders"));
        Assert.False(access.With(TestAccess.Acl(Deny, Write, "*", "User:*")).Allows(Write, "orders"));
        Assert.True(access.With(TestAccess.Acl(Deny, Write, "*", "User:*", AclPatternType.Prefixed)).Allows(Write, "orders"));
    }

    [Fact]
    public void Where_nobody_knows_where_the_caller_is_a_host_only_denies()
    {
        var caller = new AccessCaller(["User:pool-a"], null);
        var need = AccessNeed.Topic(Read, "orders");

        Assert.False(new TestAccess().With(TestAccess.Acl(Allow, Read, "orders", host: "10.0.0.1")).Access.Current.Allows(caller, need));
        Assert.False(new TestAccess().Grant("DeveloperRead").With(TestAccess.Acl(Deny, Read, "orders", host: "10.0.0.1")).Access.Current.Allows(caller, need));
    }

    [Fact]
    public void Whoever_some_ACL_allows_something_may_know_of_the_cluster()
    {
        Assert.False(new TestAccess().Access.Current.AllowsSomething(TestAccess.Caller("User:pool-a")));
        Assert.False(new TestAccess().Grant("MetricsViewer").Access.Current.AllowsSomething(TestAccess.Caller("User:pool-a")));
        Assert.False(new TestAccess().With(TestAccess.Acl(Deny, Read, "orders")).Access.Current.AllowsSomething(TestAccess.Caller("User:pool-a")));
        Assert.True(new TestAccess().With(TestAccess.Acl(Allow, Read, "orders")).Access.Current.AllowsSomething(TestAccess.Caller("User:pool-a")));
        Assert.True(new TestAccess().With(TestAccess.Acl(Allow, Read, "orders", "User:*")).Access.Current.AllowsSomething(TestAccess.Caller("User:pool-a")));
    }

    /// <summary>The rules as a reader of the documentation would apply them, one after the other.</summary>
    private static bool Model(
        AclBinding[] acls, (string Role, string Topic, string Principal)[] grants, string[] principals, IPAddress address, string topic, AclOperation operation)
    {
        var about = acls.Where(acl => acl.PatternType == AclPatternType.Prefixed
                ? topic.StartsWith(acl.ResourceName, StringComparison.Ordinal)
                : acl.ResourceName == topic || acl.ResourceName == "*")
            .Where(acl => acl.Principal == "User:*" || principals.Contains(acl.Principal))
            .Where(acl => acl.Host == "*" || acl.Host == address.ToString())
            .ToList();
        if (about.Exists(acl => acl.Permission == Deny && (acl.Operation == All || acl.Operation == operation)))
        {
            return false;
        }

        return about.Exists(acl => acl.Permission == Allow && (acl.Operation == All || acl.Operation == operation
                || (operation == Describe && acl.Operation is Read or Write or Delete or Alter)
                || (operation == DescribeConfigs && acl.Operation == AlterConfigs)))
            || grants.Any(grant => principals.Contains(grant.Principal)
                && (grant.Topic.EndsWith('*') ? topic.StartsWith(grant.Topic[..^1], StringComparison.Ordinal) : grant.Topic == topic)
                && grant.Role switch
                {
                    "DeveloperRead" => operation is Read or Describe,
                    "DeveloperWrite" => operation is Write or Describe,
                    "DeveloperManage" => operation is Create or Delete or Describe or DescribeConfigs,
                    "Operator" => operation is Describe or DescribeConfigs,
                    _ => operation is Create or Delete or Read or Write or Describe or DescribeConfigs or Alter or AlterConfigs,
                });
    }
}
