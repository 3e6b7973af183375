using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using Sluice.State;

namespace Sluice.Tests.ControlPlane;

/// <summary>What a change costs must not depend on how much there is. Held as a ratio within one run: a busy machine is slow on both sides.</summary>
public sealed class ChangeCostTests
{
    private const int Rounds = 60;
    private const string Pools = "/iam/v2/identity-providers/op-1/identity-pools";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_change_among_10_000_pools_and_the_next_request_cost_about_what_they_cost_among_10(bool namesPool)
    {
        await using var few = await Side.StartAsync(10, namesPool);
        await using var many = await Side.StartAsync(10_000, namesPool);
        for (var i = 0; i < Rounds; i++)
        {
            await few.RoundAsync(i % 2 == 0);
            await many.RoundAsync(i % 2 == 0);
        }

        TestContext.Current.SendDiagnosticMessage($"a change and the next request, {(namesPool ? "a pool named" : "no pool named")}: among 10 pools {few}; among 10,000 {many}");

        // A walk over all pools costs five to fifty times as much as the rest.
        Assert.InRange(many.Quickest / few.Quickest, 0, 2.5);
    }

    /// <summary>A gateway with so many pools, one of which is changed again and again, and a token that the change lets in and shuts out.</summary>
    private sealed class Side(ControlHost gateway, HttpClient administrator, HttpClient service) : IAsyncDisposable
    {
        private readonly List<double> _times = [];

        public double Quickest => _times.Min();

        public static async Task<Side> StartAsync(int pools, bool namesPool)
        {
            var gateway = await ControlHost.StartAsync("Sluice:Identity:MaxMappedPools=100000");
            var provider = new IdentityProvider("op-1", "p", "", gateway.Issuer.Issuer, gateway.Issuer.JwksUri);
            await gateway.Store.UpdateAsync(
                ChangeAuthor.System,
                _ => Update.Of(_ => 0, [Change.Put(provider), .. Enumerable.Range(0, pools).Select(i => Change.Put(new IdentityPool($"pool-{i}", "op-1", $"p{i}", "", "claims.sub", $"claims.aud == 'x' && claims.sub == 's{i}'")))]),
                TestContext.Current.CancellationToken);
            var service = gateway.Bearer(gateway.Issuer.Token(gateway.Issuer.Claims(TimeProvider.System.GetUtcNow())));
            if (namesPool)
            {
                service.DefaultRequestHeaders.Add("Confluent-Identity-Pool-Id", "pool-5");
            }

            return new Side(gateway, gateway.Unchecked(), service);
        }

        public async Task RoundAsync(bool admits)
        {
            var clock = Stopwatch.StartNew();
            using var change = await administrator.PatchAsync(
                $"{Pools}/pool-5", JsonContent.Create(new { filter = admits ? "claims.sub == 'orders-svc'" : "claims.sub == 'somebody-else'" }), TestContext.Current.CancellationToken);
            using var next = await service.GetAsync("/kafka/v3/clusters/none/topics", TestContext.Current.CancellationToken);
            _times.Add(clock.Elapsed.TotalMilliseconds);
            Assert.Equal(HttpStatusCode.OK, change.StatusCode);
            Assert.Equal(admits ? HttpStatusCode.NotFound : HttpStatusCode.Forbidden, next.StatusCode);
        }

        public async ValueTask DisposeAsync()
        {
            administrator.Dispose();
            service.Dispose();
            await gateway.DisposeAsync();
        }

        public override string ToString() => $"quickest {Quickest:F2} ms, median {_times.Order().ElementAt(_times.Count / 2):F2} ms";
    }
}
