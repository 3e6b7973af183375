using Sluice.Dev;
using Sluice.Testing;
using Sluice.Tests.Rest.V3;

namespace Sluice.Tests.Dev;

/// <summary>What <c>sluice dev --kafka</c> prints, pasted into a real shell.</summary>
public sealed class BannerOnKafkaTests(KafkaGatewayFixture fixture) : IClassFixture<KafkaGatewayFixture>
{
    [Fact]
    public async Task The_commands_work_as_they_are_printed()
    {
        Assert.SkipUnless(Curl.Installed, Curl.Missing);
        var commands = DevCommands.For(fixture.Gateway.Info);

        // Other tests use this broker too, so the topic gets a name of its own.
        var output = await Curl.ShellAsync(
            string.Join("\n", commands.Where((_, i) => i != 1).Select(c => c.Command)).Replace("topic-2", "banner-topic", StringComparison.Ordinal),
            TestContext.Current.CancellationToken);

        Assert.Contains("\"topic_name\":\"banner-topic\"", output, StringComparison.Ordinal);
        Assert.Contains("\"error_code\":200", output, StringComparison.Ordinal);
    }
}
