using System.Security.Cryptography;
using System.Text;
using Sluice.Identity.Keys;
using Sluice.Identity.Tokens;

namespace Sluice.Identity.Benchmarks;

/// <summary>Where the time of a token that was never seen goes.</summary>
internal static class PartBenches
{
    private const int Operations = 2000;

    public static async Task RunAsync()
    {
        await using var host = await BenchHost.StartAsync();
        var text = host.Token(0);
        JwkReader.Read(System.Text.Json.JsonDocument.Parse(host.Issuer.Key.Jwk.ToJsonString()).RootElement, out var key);
        UnverifiedToken.Read(text, 16 * 1024, out var token);
        var signature = token!.Signature.ToArray();
        var signed = Encoding.ASCII.GetBytes(text[..text.LastIndexOf('.')]);
        using var rsa = RSA.Create(host.Issuer.Key.RsaKey.ExportParameters(false));
        var options = new IdentityOptions();
        var memory = new TokenMemory(options.TokenCacheEntries, options.TokenCacheBytes);
        var now = TimeProvider.System.GetUtcNow();

        var times = Bench.Measure(
            Times(() => rsa.VerifyData(signed, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)),
            Times(() => key!.Verify(token!.Header.Algorithm!, signed, signature)),
            Times(() =>
            {
                UnverifiedToken.Read(text, 16 * 1024, out var read);
                read!.Dispose();
                return true;
            }),
            Times(() => AccessTokenRule.Check(token!.Header, token.Claims, false) is null),
            Times(() => TokenTimes.Check(token!.Claims, options, now, out _) is null),
            Times(() => ClaimRules.CheckSubject(token!.Claims) is null),
            Times(() => ClaimRules.CheckAudience(token!.Claims, []) is null),
            Times(() => memory.Find(text) is null));
        string[] names = ["RSA.VerifyData", "key", "read", "kind", "times", "subject", "audience", "memory"];
        Bench.Line("parts", string.Join(", ", names.Zip(times, (name, time) => $"{name} {time:F0} ns")), true, "told only");
    }

    private static (int Operations, Action Body) Times(Func<bool> body) => (Operations, () =>
    {
        for (var i = 0; i < Operations; i++)
        {
            if (!body())
            {
                throw new InvalidOperationException();
            }
        }
    }
    );
}
