using CsCheck;
using Sluice.Access.Crn;

namespace Sluice.Access.Tests;

public sealed class CrnContainmentTests
{
    private const string Kafka = "crn://confluent.cloud/organization=o/environment=e/cloud-cluster=c/kafka=c";

    [Fact]
    public void A_pattern_contains_another_when_everything_the_other_holds_for_is_its_too()
    {
        var (contained, apart) = (0, 0);
        Gen.Select(PatternWorld.Crn, PatternWorld.Crn).Sample(
            (outer, inner) =>
            {
                var (mine, theirs) = (PatternWorld.Parse(outer), PatternWorld.Parse(inner));
                var (all, some) = (PatternWorld.All(mine), PatternWorld.All(theirs));
                if (mine.Contains(theirs))
                {
                    Interlocked.Increment(ref contained);
                    Assert.True(some.IsSubsetOf(all), $"{outer} does not hold for all of {inner}");
                }
                else if (some.Count > 0)
                {
                    Interlocked.Increment(ref apart);
                    Assert.False(some.IsSubsetOf(all), $"{outer} does hold for all of {inner}");
                }
            },
            iter: 20_000);

        Assert.True(contained > 300 && apart > 3_000, $"{contained} contained, {apart} apart: the patterns say little.");
    }

    [Theory]
    [InlineData("/topic=orders-*", "/topic=orders-*", true)]
    [InlineData("/topic=orders-*", "/topic=orders-1", true)]
    [InlineData("/topic=orders-*", "/topic=orders-", true)]
    [InlineData("/topic=orders-*", "/topic=orders-eu-*", true)]
    [InlineData("/topic=orders-*", "/topic=%6Frders-1", true)]
    [InlineData("/topic=orders-*", "/topic=orders*", false)]
    [InlineData("/topic=orders-*", "/topic=*", false)]
    [InlineData("/topic=orders-*", "/topic=orders", false)]
    [InlineData("/topic=orders-*", "/topic=Orders-1", false)]
    [InlineData("/topic=orders-*", "/topic=%2A", false)]
    [InlineData("/topic=orders-*", "/group=orders-1", false)]
    [InlineData("/topic=orders-*", "", false)]
    [InlineData("/topic=orders", "/topic=orders*", false)]
    [InlineData("/topic=orders", "/topic=orders%2A", false)]
    [InlineData("/topic=*", "/topic=orders*", true)]
    [InlineData("/topic=*", "/group=*", false)]
    [InlineData("", "/topic=*", true)]
    [InlineData("", "/cluster-link=x", true)]
    public void Within_one_cluster(string outer, string inner, bool contains) =>
        Assert.Equal(contains, PatternWorld.Parse(Kafka + outer).Contains(PatternWorld.Parse(Kafka + inner)));

    [Theory]
    [InlineData("crn://confluent.cloud/kafka=c/topic=a", "a topic of every cluster with that name is more than one of them")]
    [InlineData("crn://confluent.cloud/organization=o/kafka=c/topic=a", "the environment is left out")]
    [InlineData("crn://example.com/organization=o/environment=e/cloud-cluster=c/kafka=c/topic=a", "another authority")]
    [InlineData("crn://confluent.cloud/organization=o/environment=e/cloud-cluster=c/topic=a", "outside kafka it is about nothing")]
    [InlineData("crn://confluent.cloud/organization=o/environment=e/cloud-cluster=c/kafka=d/topic=a", "a cluster with two names is none")]
    [InlineData("crn://confluent.cloud/organization=o/environment=e/cloud-cluster=c/kafka=c%2Ftopic=a/topic=a", "the slash belongs to the name")]
    public void The_owner_of_all_topics_of_a_cluster_owns_no_topic_that_is_spelled_so(string inner, string why)
    {
        Assert.True(PatternWorld.Parse(Kafka + "/topic=*").Contains(PatternWorld.Parse(Kafka + "/topic=a")));
        Assert.False(PatternWorld.Parse(Kafka + "/topic=*").Contains(PatternWorld.Parse(inner)), why);
    }

    [Theory]
    [InlineData("crn://confluent.cloud/organization=o/topic=*")]
    [InlineData("crn://confluent.cloud/organization=o/environment=e/cloud-cluster=c/topic=*")]
    [InlineData("crn://confluent.cloud/organization=o/environment=e/kafka=c/connector=x/topic=*")]
    [InlineData("crn://confluent.cloud/organization=o/identity-provider=op-1/kafka=c")]
    public void A_pattern_about_nothing_contains_nothing(string outer)
    {
        Assert.Equal(ScopeKind.None, PatternWorld.Parse(outer).Kind);
        Assert.False(PatternWorld.Parse(outer).Contains(PatternWorld.Parse(Kafka + "/topic=a")));
        Assert.False(PatternWorld.Parse(outer).Contains(PatternWorld.Parse(outer)));
        Assert.False(PatternWorld.Parse("crn://confluent.cloud/organization=o").Contains(PatternWorld.Parse(outer)));
    }
}
