using Sluice.Access.Crn;

namespace Sluice.Access.Tests;

public sealed class CrnPatternTests
{
    [Theory]
    [InlineData("crn://confluent.cloud/organization=o", "organization=o", false)]
    [InlineData("crn://confluent.cloud/organization=o/environment=env-1/cloud-cluster=lkc-1/kafka=lkc-1/topic=orders", "topic=orders", false)]
    [InlineData("crn://confluent.cloud/organization=o/environment=e/cloud-cluster=c/kafka=c/topic=orders-*", "topic=orders-", true)]
    [InlineData("crn://confluent.cloud/organization=o/environment=e/cloud-cluster=c/kafka=c/topic=*", "topic=", true)]
    [InlineData("crn://confluent.cloud/organization=o/environment=e/cloud-cluster=c/kafka=c/topic=a%2A", "topic=a*", false)]
    [InlineData("crn://confluent.cloud/organization=o/environment=e/cloud-cluster=c/kafka=c/group=a%2Fb%20%C3%A4", "group=a/b ä", false)]
    [InlineData("crn://confluent.cloud/organization=o/environment=e/cloud-cluster=c/kafka=c/transactional-id=tx-*", "transactional-id=tx-", true)]
    [InlineData("crn://confluent.cloud/organization=o/identity-provider=op-1/identity-pool=pool-1", "identity-pool=pool-1", false)]
    [InlineData("crn://confluent.cloud/organization=o/environment=e/schema-registry=lsrc-1/subject=abc*", "subject=abc", true)]
    public void A_pattern_is_read(string text, string last, bool isPrefix)
    {
        Assert.True(CrnPattern.TryParse(text, out var pattern, out var problem), problem);
        var part = pattern.Parts[^1];

        Assert.Equal("confluent.cloud", pattern.Authority);
        Assert.Equal((last, isPrefix), ($"{part.Type}={part.Name}", pattern.IsPrefix));
    }

    [Theory]
    [InlineData("")]
    [InlineData("crn://")]
    [InlineData("crn:///organization=o")]
    [InlineData("crn://confluent.cloud")]
    [InlineData("crn://confluent.cloud/")]
    [InlineData("CRN://confluent.cloud/organization=o")]
    [InlineData("crn://confluent.cloud/organization=")]
    [InlineData("crn://confluent.cloud/organization")]
    [InlineData("crn://confluent.cloud/organization=o/")]
    [InlineData("crn://confluent.cloud/Organization=o")]
    [InlineData("crn://confluent.cloud/organization=o/planet=earth")]
    [InlineData("crn://confluent.cloud/organization=o/organization=p")]
    [InlineData("crn://confluent.cloud/environment=e/organization=o")]
    [InlineData("crn://confluent.cloud/organization=o/topic=t/kafka=c")]
    [InlineData("crn://confluent.cloud/organization=*/environment=e")]
    [InlineData("crn://confluent.cloud/organization=o/environment=e/kafka=c/topic=a*b")]
    [InlineData("crn://confluent.cloud/organization=o/environment=e/kafka=c/topic=a**")]
    [InlineData("crn://confluent.cloud/organization=o/environment=e/kafka=c/topic=%")]
    [InlineData("crn://confluent.cloud/organization=o/environment=e/kafka=c/topic=%2")]
    [InlineData("crn://confluent.cloud/organization=o/environment=e/kafka=c/topic=%zz")]
    [InlineData("crn://confluent.cloud/organization=o/environment=e/kafka=c/topic=%FF")]
    public void What_is_no_pattern_is_refused_with_what_it_should_be(string text)
    {
        Assert.False(CrnPattern.TryParse(text, out _, out var problem));
        Assert.StartsWith("crn_pattern ", problem, StringComparison.Ordinal);
    }
}
