using System.Text;
using System.Text.Json;

namespace Sluice.Identity.Benchmarks;

/// <summary>Ten thousand pools under one issuer, matched without the header: on first sight, and remembered.</summary>
internal static class PoolBenches
{
    private const int Pools = 10_000;
    private const int Remembered = 20_000;

    public static async Task RunAsync()
    {
        await using var host = await BenchHost.StartAsync(Enumerable.Range(0, Pools).Select(i => BenchHost.Pool(
            $"pool-{i:D5}", i == 5000 ? "claims.sub == 'orders-svc'" : $"claims.sub == 'service-{i}' && claims.aud == 'kafka-rest'")));
        var next = 1;
        var fresh = new PresentedCredentials($"Bearer {host.Token(0)}", default);
        host.Accept(fresh);
        var seen = fresh;
        host.Accept(seen);
        using var claims = JsonDocument.Parse(Encoding.UTF8.GetString(Microsoft.IdentityModel.Tokens.Base64UrlEncoder.DecodeBytes(host.Token(0).Split('.')[1])));
        var root = claims.RootElement;

        var times = Bench.Measure(
            (Pools, () => host.Accept(fresh)),
            (Pools, () =>
            {
                // What cannot be done for less: looking up the claim in the token once a pool.
                for (var i = 0; i < Pools; i++)
                {
                    if (!root.TryGetProperty("sub"u8, out var subject) || subject.ValueEquals("nobody"u8))
                    {
                        throw new InvalidOperationException();
                    }
                }
            }
        ),
            (Remembered, () =>
            {
                for (var i = 0; i < Remembered; i++)
                {
                    host.Accept(seen);
                }
            }
        ),
            (1, () => fresh = new PresentedCredentials($"Bearer {host.Token(next++)}", default)));

        Bench.Line("10,000 pools, first sight, each", $"{times[0]:F0} ns; {times[0] / times[1]:F1} × one claim look-up ({times[1]:F0} ns)", times[0] <= 200, "≤ 200 ns a pool");
        Bench.Line("10,000 pools, token seen before", $"{times[2]:F0} ns", times[2] <= 1000, "≤ 1 µs");
    }
}
