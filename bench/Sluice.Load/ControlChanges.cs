using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Sluice.Testing;

namespace Sluice.Load;

/// <summary>A change to one identity pool, on disk, and the next request of a service that it lets in or shuts out: among 10,000 pools against among 10.</summary>
internal static class ControlChanges
{
    private const int Rounds = 300;
    private const int Many = 10_000;

    public static async Task RunAsync()
    {
        await using var few = await Side.StartAsync(10);
        await using var many = await Side.StartAsync(Many);
        var (fewTimes, manyTimes) = (new List<double>(Rounds), new List<double>(Rounds));
        for (var i = -50; i < Rounds; i++)
        {
            // Turn by turn, so that whatever else the machine does is on both sides.
            var (one, other) = (await few.ChangeAsync(i % 2 == 0), await many.ChangeAsync(i % 2 == 0));
            if (i >= 0)
            {
                fewTimes.Add(one);
                manyTimes.Add(other);
            }
        }

        Report.Line(
            "a change and its effect",
            $"{Report.Median(manyTimes):F2} ms among {Many:N0} pools (quickest {manyTimes.Min():F2}, p99 {manyTimes.Order().ElementAt(Rounds * 99 / 100):F2} ms), {Report.Median(manyTimes) / Report.Median(fewTimes):F2} of the same among 10");
    }

    private sealed class Side(GatewayHost gateway, HttpClient administrator, HttpClient service, string pool) : IAsyncDisposable
    {
        public static async Task<Side> StartAsync(int pools)
        {
            var gateway = await GatewayHost.StartAsync();
            var administrator = new HttpClient(new SocketsHttpHandler()) { BaseAddress = gateway.Http.BaseAddress };
            administrator.DefaultRequestHeaders.Authorization = GatewayHost.Basic(gateway.Info.ApiKey, gateway.Info.ApiSecret);
            var path = $"/iam/v2/identity-providers/{gateway.Info.ProviderId}/identity-pools";
            var id = await CreateAsync(administrator, path, "claims.cid == 'changed'");

            // The development pool and the one that changes are there.
            await Parallel.ForEachAsync(
                Enumerable.Range(2, pools - 2),
                new ParallelOptions { MaxDegreeOfParallelism = 16 },
                async (i, _) => await CreateAsync(administrator, path, $"claims.cid == 'service-{i}'"));
            var service = new HttpClient(new SocketsHttpHandler()) { BaseAddress = gateway.Http.BaseAddress };
            service.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await gateway.TokenAsync());
            service.DefaultRequestHeaders.Add("Confluent-Identity-Pool-Id", id);
            return new Side(gateway, administrator, service, $"{path}/{id}");
        }

        /// <returns>Milliseconds for the change and the request that sees it.</returns>
        public async Task<double> ChangeAsync(bool admits)
        {
            var clock = Stopwatch.StartNew();
            using var change = await administrator.PatchAsync(pool, JsonContent.Create(new { filter = admits ? "claims.cid == 'dev-client'" : "claims.cid == 'changed'" }));
            using var next = await service.GetAsync($"{gateway.Cluster}/topics");
            var time = clock.Elapsed.TotalMilliseconds;
            change.EnsureSuccessStatusCode();
            return (int)next.StatusCode == (admits ? 200 : 403) ? time : throw new InvalidOperationException($"The request after the change answered {next.StatusCode}.");
        }

        public async ValueTask DisposeAsync()
        {
            administrator.Dispose();
            service.Dispose();
            await gateway.DisposeAsync();
        }

        private static async Task<string> CreateAsync(HttpClient administrator, string pools, string filter)
        {
            using var answer = await administrator.PostAsJsonAsync(pools, new { display_name = "p", description = "", identity_claim = "claims.sub", filter });
            answer.EnsureSuccessStatusCode();
            using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
            return body.RootElement.GetProperty("id").GetString()!;
        }
    }
}
