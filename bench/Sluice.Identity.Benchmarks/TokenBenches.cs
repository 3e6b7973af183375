using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace Sluice.Identity.Benchmarks;

/// <summary>A token seen before, and one never seen, against the bare signature verification.</summary>
internal static class TokenBenches
{
    private const int Seen = 20_000;
    private const int Fresh = 200;

    public static async Task RunAsync()
    {
        await using var host = await BenchHost.StartAsync(BenchHost.Pool("pool-bench", "claims.aud == 'kafka-rest' && 'writers' in claims.groups"));
        using var rsa = RSA.Create(host.Issuer.Key.RsaKey.ExportParameters(false));
        var first = host.Token(0);
        var same = new PresentedCredentials($"Bearer {first}", "pool-bench");
        host.Accept(same);
        host.Accept(same);

        // Another connection: the same text in another string.
        var copies = Enumerable.Range(0, 64).Select(_ => new PresentedCredentials(new string($"Bearer {first}".AsSpan()), "pool-bench")).ToArray();
        var next = 1;
        PresentedCredentials[] fresh = [];
        (byte[] Signed, byte[] Signature)[] bare = [];
        Renew();

        var times = Bench.Measure(
            (Seen, () =>
            {
                for (var i = 0; i < Seen; i++)
                {
                    host.Accept(same);
                }
            }
        ),
            (Seen, () =>
            {
                for (var i = 0; i < Seen; i++)
                {
                    host.Accept(copies[i & 63]);
                }
            }
        ),
            (Fresh, () =>
            {
                foreach (var credentials in fresh)
                {
                    host.Accept(credentials);
                }
            }
        ),
            (Fresh, () =>
            {
                foreach (var (signed, signature) in bare)
                {
                    if (!rsa.VerifyData(signed, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))
                    {
                        throw new InvalidOperationException("The baseline does not verify");
                    }
                }
            }
        ),
            (1, Renew));

        Renew();
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        foreach (var credentials in fresh)
        {
            host.Accept(credentials);
        }

        allocated = (GC.GetAllocatedBytesForCurrentThread() - allocated) / Fresh;
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            host.Accept(same);
        }

        var bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / 1000;
        Bench.Line("token seen before, same connection", $"{times[0]:F0} ns, {bytes} B; {times[0] / times[3]:F4} of RSA.VerifyData", times[0] <= 1000 && bytes == 0, "≤ 1 µs, 0 B");
        Bench.Line("token seen before, other strings", $"{times[1]:F0} ns; {times[1] / times[3]:F4} of RSA.VerifyData", true, "told only");
        Bench.Line("token never seen", $"{times[2]:F0} ns against {times[3]:F0} ns; ratio {times[2] / times[3]:F3}, {allocated} B", times[2] <= 1.3 * times[3], "≤ 1.3 of RSA.VerifyData");

        // New tokens for the next round: a remembered one would not be checked.
        void Renew()
        {
            fresh = [.. Enumerable.Range(0, Fresh).Select(_ => new PresentedCredentials($"Bearer {host.Token(next++)}", "pool-bench"))];
            bare = [.. fresh.Select(credentials => Cut(credentials.Authorization[0]!["Bearer ".Length..]))];
        }

        static (byte[] Signed, byte[] Signature) Cut(string token) =>
            (Encoding.ASCII.GetBytes(token[..token.LastIndexOf('.')]), Base64UrlEncoder.DecodeBytes(token[(token.LastIndexOf('.') + 1)..]));
    }
}
