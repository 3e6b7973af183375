using System.Diagnostics;
using Sluice.Identity.Keys;
using Sluice.Identity.Tokens;

namespace Sluice.Identity.Benchmarks;

internal static class ColdParts
{
    public static async Task RunAsync()
    {
        await using var host = await BenchHost.StartAsync(BenchHost.Pool("pool-bench", "claims.aud == 'kafka-rest' && 'writers' in claims.groups"));
        JwkReader.Read(System.Text.Json.JsonDocument.Parse(host.Issuer.Key.Jwk.ToJsonString()).RootElement, out var key);
        var options = new IdentityOptions();
        var n = 1;
        for (var round = 0; round < 60; round++)
        {
            var texts = Enumerable.Range(0, 200).Select(_ => host.Token(n++)).ToArray();
            var fields = texts.Select(t => new PresentedCredentials("Bearer " + t, "pool-bench")).ToArray();
            GC.Collect();
            long a = 0, b = 0, c = 0, d = 0, e = 0;
            for (var i = 0; i < texts.Length; i++)
            {
                var t0 = Stopwatch.GetTimestamp();
                var hash = TokenHash.Of(texts[i]);
                var t1 = Stopwatch.GetTimestamp();
                UnverifiedToken.Read(texts[i], 16384, out var token);
                var t2 = Stopwatch.GetTimestamp();
                key!.Verify(token!.Header.Algorithm!, token.Text, token.SignedLength, token.Signature);
                var t3 = Stopwatch.GetTimestamp();
                token.Dispose();
                var t4 = Stopwatch.GetTimestamp();
                host.Accept(fields[i]);
                var t5 = Stopwatch.GetTimestamp();
                a += t1 - t0; b += t2 - t1; c += t3 - t2; d += t4 - t3; e += t5 - t4;
            }
            if (round % 10 == 9)
            {
                Console.WriteLine($"hash {a / 200} read {b / 200} verify {c / 200} dispose {d / 200} whole {e / 200}");
            }
        }
    }
}
