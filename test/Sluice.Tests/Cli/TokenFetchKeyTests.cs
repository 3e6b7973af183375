using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Sluice.Tests.Cli;

/// <summary><c>sluice token fetch --key</c>: the client signs an assertion (private_key_jwt, RFC 7523).</summary>
public sealed class TokenFetchKeyTests
{
    [Theory]
    [InlineData("rsa", "RS256")]
    [InlineData("rsa", "PS256")]
    [InlineData("ec", "ES256")]
    [InlineData("jwk", "ES256")]
    public async Task A_key_signs_the_assertion(string kind, string algorithm)
    {
        await using var provider = await ScriptedProvider.StartAsync();
        using var cli = new CommandRunner();
        using var rsa = RSA.Create(2048);
        using var ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var file = cli.Write("client.key", kind switch
        {
            "rsa" => rsa.ExportPkcs8PrivateKeyPem(),
            "ec" => ec.ExportECPrivateKeyPem(),
            _ => Jwk(ec),
        });

        var fetched = await cli.RunAsync(
            ["token", "fetch", "--issuer", provider.Issuer, "--client-id", "billing", "--key", file, "--key-id", "k1", .. algorithm == "PS256" ? (string[])["--alg", "PS256"] : []]);

        Assert.Equal((0, ""), (fetched.ExitCode, fetched.Error));
        Assert.Equal("urn:ietf:params:oauth:client-assertion-type:jwt-bearer", provider.Form["client_assertion_type"]);
        Assert.Equal((algorithm, "k1"), (provider.Assertion.Alg, provider.Assertion.Kid));
        Assert.NotEmpty(provider.Assertion.Id);
        var check = await new JsonWebTokenHandler().ValidateTokenAsync(provider.Form["client_assertion"], new TokenValidationParameters
        {
            ValidIssuer = "billing",
            ValidAudience = provider.TokenUrl,
            IssuerSigningKey = kind == "rsa" ? new RsaSecurityKey(rsa) { KeyId = "k1" } : new ECDsaSecurityKey(ec) { KeyId = "k1" },
        });
        Assert.True(check.IsValid, check.Exception?.Message);
        Assert.Equal("billing", provider.Assertion.Subject);
        Assert.True(provider.Assertion.ValidTo - provider.Assertion.IssuedAt <= TimeSpan.FromMinutes(5));
        Assert.DoesNotContain("client_secret", provider.Form.Keys);
    }

    [Fact]
    public async Task A_certificate_beside_the_key_is_named_in_the_assertion_as_Entra_wants_it()
    {
        await using var provider = await ScriptedProvider.StartAsync();
        using var cli = new CommandRunner();
        using var rsa = RSA.Create(2048);
        using var certificate = new CertificateRequest("CN=billing", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
        var file = cli.Write("both.pem", $"{certificate.ExportCertificatePem()}\n{rsa.ExportRSAPrivateKeyPem()}\n");

        var fetched = await cli.RunAsync("token", "fetch", "--token-url", provider.TokenUrl, "--client-id", "billing", "--key", file);

        Assert.Equal(0, fetched.ExitCode);
        Assert.Equal(Base64UrlEncoder.Encode(certificate.GetCertHash()), provider.Assertion.GetHeaderValue<string>("x5t"));
        Assert.Equal(Base64UrlEncoder.Encode(certificate.GetCertHash(HashAlgorithmName.SHA256)), provider.Assertion.GetHeaderValue<string>("x5t#S256"));
    }

    [Theory]
    [InlineData("rsa-jwk", "RS256", "k2")]
    [InlineData("rsa-jwk-PS256", "PS256", "k2")]
    [InlineData("set", "RS256", "k2")]
    [InlineData("ec-384", "ES384", null)]
    [InlineData("ec-521", "ES512", null)]
    public async Task A_key_of_every_kind_signs_with_what_it_is_for(string kind, string algorithm, string? keyId)
    {
        await using var provider = await ScriptedProvider.StartAsync();
        using var cli = new CommandRunner();
        using var rsa = RSA.Create(2048);
        using var ec = ECDsa.Create(kind == "ec-521" ? ECCurve.NamedCurves.nistP521 : ECCurve.NamedCurves.nistP384);
        var file = cli.Write("client.key", kind switch
        {
            "rsa-jwk" => RsaJwk(rsa, ""),
            "rsa-jwk-PS256" => RsaJwk(rsa, ",\"alg\":\"PS256\""),
            "set" => $$"""{"keys":[{{RsaJwk(rsa, "")}}]}""",
            _ => ec.ExportPkcs8PrivateKeyPem(),
        });

        var fetched = await cli.RunAsync("token", "fetch", "--token-url", provider.TokenUrl, "--client-id", "billing", "--key", file);

        Assert.Equal((0, ""), (fetched.ExitCode, fetched.Error));
        Assert.Equal(algorithm, provider.Assertion.Alg);
        Assert.Equal(keyId, provider.Assertion.Kid is { Length: > 0 } kid ? kid : null);
        var check = await new JsonWebTokenHandler().ValidateTokenAsync(provider.Form["client_assertion"], new TokenValidationParameters
        {
            ValidIssuer = "billing",
            ValidAudience = provider.TokenUrl,
            IssuerSigningKey = kind.StartsWith("ec", StringComparison.Ordinal) ? new ECDsaSecurityKey(ec) : new RsaSecurityKey(rsa),
        });
        Assert.True(check.IsValid, check.Exception?.Message);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_Ed25519_key_signs_the_assertion(bool pem)
    {
        await using var provider = await ScriptedProvider.StartAsync();
        using var cli = new CommandRunner();
        using var key = NSec.Cryptography.Key.Create(
            NSec.Cryptography.SignatureAlgorithm.Ed25519, new() { ExportPolicy = NSec.Cryptography.KeyExportPolicies.AllowPlaintextExport });
        var file = cli.Write("client.key", pem
            ? Encoding.ASCII.GetString(key.Export(NSec.Cryptography.KeyBlobFormat.PkixPrivateKeyText))
            : $$"""{"kty":"OKP","crv":"Ed25519","kid":"k3","x":"{{Base64UrlEncoder.Encode(key.PublicKey.Export(NSec.Cryptography.KeyBlobFormat.RawPublicKey))}}","d":"{{Base64UrlEncoder.Encode(key.Export(NSec.Cryptography.KeyBlobFormat.RawPrivateKey))}}"}""");

        var fetched = await cli.RunAsync("token", "fetch", "--token-url", provider.TokenUrl, "--client-id", "billing", "--key", file);

        Assert.Equal((0, ""), (fetched.ExitCode, fetched.Error));
        Assert.Equal("EdDSA", provider.Assertion.Alg);
        var parts = provider.Form["client_assertion"].Split('.');
        Assert.True(NSec.Cryptography.SignatureAlgorithm.Ed25519.Verify(
            key.PublicKey, Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64UrlEncoder.DecodeBytes(parts[2])));
    }

    [Fact]
    public async Task An_EC_key_with_its_certificate_signs_the_assertion()
    {
        await using var provider = await ScriptedProvider.StartAsync();
        using var cli = new CommandRunner();
        using var ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=billing", ec, HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
        var file = cli.Write("both.pem", $"{ec.ExportPkcs8PrivateKeyPem()}\n{certificate.ExportCertificatePem()}\n");

        var fetched = await cli.RunAsync("token", "fetch", "--token-url", provider.TokenUrl, "--client-id", "billing", "--key", file);

        Assert.Equal((0, ""), (fetched.ExitCode, fetched.Error));
        Assert.Equal(("ES256", certificate.Thumbprint), (provider.Assertion.Alg, provider.Assertion.Kid));
        Assert.Equal(Base64UrlEncoder.Encode(certificate.GetCertHash(HashAlgorithmName.SHA256)), provider.Assertion.GetHeaderValue<string>("x5t#S256"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Of_several_certificates_the_keys_own_is_named_and_without_it_nothing_is_sent(bool isThere)
    {
        await using var provider = await ScriptedProvider.StartAsync();
        using var cli = new CommandRunner();
        using var rsa = RSA.Create(2048);
        using var stranger = RSA.Create(2048);
        using var own = Certificate(rsa);
        using var others = Certificate(stranger);
        var file = cli.Write("both.pem", $"{others.ExportCertificatePem()}\n{(isThere ? own.ExportCertificatePem() : "")}\n{rsa.ExportPkcs8PrivateKeyPem()}\n");

        var fetched = await cli.RunAsync("token", "fetch", "--token-url", provider.TokenUrl, "--client-id", "billing", "--key", file);

        if (isThere)
        {
            Assert.Equal((0, ""), (fetched.ExitCode, fetched.Error));
            Assert.Equal(Base64UrlEncoder.Encode(own.GetCertHash(HashAlgorithmName.SHA256)), provider.Assertion.GetHeaderValue<string>("x5t#S256"));
        }
        else
        {
            Assert.Equal(2, fetched.ExitCode);
            Assert.Contains("belongs to the key", fetched.Error, StringComparison.Ordinal);
        }

        static X509Certificate2 Certificate(RSA key) => new CertificateRequest("CN=billing", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
    }

    [Theory]
    [InlineData("secp256k1")]
    [InlineData("public")]
    [InlineData("certificate")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("""{"keys":[]}""")]
    [InlineData("""{"kty":"RSA","n":5}""")]
    [InlineData("""{"kty":"RSA","n":"!","e":"AQAB","d":"AQAB"}""")]
    [InlineData("""{"kty":"EC","crv":"P-256","x":"AA","y":"AA","d":"AA"}""")]
    [InlineData("""{"kty":"OKP","crv":"Ed25519","d":"AA"}""")]
    [InlineData("""{"kty":"OKP","crv":"X25519","d":"AA"}""")]
    [InlineData("""{"kty":"oct","k":"AAAA"}""")]
    [InlineData("""{"kty":["RSA"]}""")]
    public async Task A_file_without_a_usable_key_is_an_error_of_use(string content)
    {
        using var cli = new CommandRunner();
        using var rsa = RSA.Create(2048);
        using var bitcoin = ECDsa.Create(ECCurve.CreateFromFriendlyName("secP256k1"));
        var file = cli.Write("client.key", content switch
        {
            "secp256k1" => bitcoin.ExportPkcs8PrivateKeyPem(),
            "public" => rsa.ExportSubjectPublicKeyInfoPem(),
            "certificate" => new CertificateRequest("CN=x", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
                .CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100)).ExportCertificatePem(),
            _ => content,
        });

        var fetched = await cli.RunAsync("token", "fetch", "--token-url", "http://127.0.0.1:1/token", "--client-id", "c", "--key", file);

        Assert.Equal((2, ""), (fetched.ExitCode, fetched.Output));
        Assert.Contains("holds no usable private key", fetched.Error, StringComparison.Ordinal);
    }

    private static string RsaJwk(RSA rsa, string more)
    {
        var p = rsa.ExportParameters(includePrivateParameters: true);
        return $$"""
            {"kty":"RSA","kid":"k2","n":"{{Base64UrlEncoder.Encode(p.Modulus)}}","e":"{{Base64UrlEncoder.Encode(p.Exponent)}}","d":"{{Base64UrlEncoder.Encode(p.D)}}",
             "p":"{{Base64UrlEncoder.Encode(p.P)}}","q":"{{Base64UrlEncoder.Encode(p.Q)}}","dp":"{{Base64UrlEncoder.Encode(p.DP)}}","dq":"{{Base64UrlEncoder.Encode(p.DQ)}}","qi":"{{Base64UrlEncoder.Encode(p.InverseQ)}}"{{more}}}
            """;
    }

    private static string Jwk(ECDsa ec)
    {
        var parameters = ec.ExportParameters(includePrivateParameters: true);
        return $$"""
            {"kty":"EC","crv":"P-256","x":"{{Base64UrlEncoder.Encode(parameters.Q.X)}}","y":"{{Base64UrlEncoder.Encode(parameters.Q.Y)}}","d":"{{Base64UrlEncoder.Encode(parameters.D)}}"}
            """;
    }
}
