using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Sluice.Dev.Demo;

namespace Sluice.Tests.Identity;

/// <summary>Attack 85: a connection that outlives its token.</summary>
public sealed class OutlivedTokenTests
{
    [Fact]
    public async Task Records_after_the_tokens_end_are_refused_on_the_open_stream()
    {
        var time = new FakeTimeProvider(IssuerGateway.Now);
        await using var host = await IssuerGateway.StartAsync(time);
        await host.Gateway.CreateTopicAsync("attack-85");
        var token = host.Issuer.Token(host.Issuer.Claims(time.GetUtcNow()));
        var cancellation = TestContext.Current.CancellationToken;
        await using var stream = await RecordStreamClient.OpenAsync(
            new Uri($"{host.Gateway.Info.Url}{host.Topics}/attack-85/records"), [$"Authorization: Bearer {token}"], cancellation);
        await using var reports = stream.ReadReportsAsync(cancellation).GetAsyncEnumerator(cancellation);
        var record = Encoding.UTF8.GetBytes("""{"value":{"type":"STRING","data":"x"}}""");

        await stream.SendAsync(record, cancellation);
        Assert.Equal(200, await CodeAsync());

        time.Advance(TimeSpan.FromSeconds(3659));
        await stream.SendAsync(record, cancellation);
        Assert.Equal(200, await CodeAsync());

        time.Advance(TimeSpan.FromSeconds(1));
        await stream.SendAsync(record, cancellation);
        Assert.Equal(40101, await CodeAsync());

        async Task<int> CodeAsync()
        {
            Assert.True(await reports.MoveNextAsync());
            using var report = JsonDocument.Parse(reports.Current);
            return report.RootElement.GetProperty("error_code").GetInt32();
        }
    }
}
