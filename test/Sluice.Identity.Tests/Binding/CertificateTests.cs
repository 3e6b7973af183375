using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Sluice.Testing.Issuers;

namespace Sluice.Identity.Tests.Binding;

/// <summary>Certificate-bound tokens (RFC 8705).</summary>
public sealed class CertificateTests
{
    [Fact]
    public async Task A_bound_token_is_good_on_a_connection_with_its_certificate_only()
    {
        await using var host = await IdentityHost.StartAsync();
        using var own = TestCertificates.SelfSigned("CN=orders");
        using var other = TestCertificates.SelfSigned("CN=orders");
        var token = host.Token(claims => claims["cnf"] = new JsonObject { ["x5t#S256"] = TestKey.Encode(SHA256.HashData(own.RawData)) });

        Assert.Equal(RefusalRule.NotBound, (await PresentAsync(host, token, null)).Refusal?.Rule);
        Assert.NotNull((await PresentAsync(host, token, own)).Caller);
        Assert.Equal(RefusalRule.NotBound, (await PresentAsync(host, token, other)).Refusal?.Rule);

        // Remembered or not, each connection proves it again.
        Assert.Equal(RefusalRule.NotBound, (await PresentAsync(host, token, null)).Refusal?.Rule);
        Assert.NotNull((await PresentAsync(host, token, own)).Caller);
    }

    [Fact]
    public async Task A_certificate_nobody_asked_for_does_no_harm()
    {
        await using var host = await IdentityHost.StartAsync();
        using var certificate = TestCertificates.SelfSigned("CN=orders");

        Assert.NotNull((await PresentAsync(host, host.Token(), certificate)).Caller);
    }

    private static Task<IdentityHost.Outcome> PresentAsync(IdentityHost host, string token, X509Certificate2? certificate) =>
        host.PresentAsync(new PresentedCredentials($"Bearer {token}", IdentityHost.PoolId) { ClientCertificate = certificate });
}
