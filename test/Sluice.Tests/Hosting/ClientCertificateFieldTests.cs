using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sluice.Hosting.Proxies;

namespace Sluice.Tests.Hosting;

public sealed class ClientCertificateFieldTests
{
    [Theory]
    [InlineData("RFC 9440")]
    [InlineData("bare base64")]
    [InlineData("escaped PEM")]
    [InlineData("escaped PEM with its chain")]
    [InlineData("PEM on one line")]
    public void A_certificate_is_read_in_each_form_that_proxies_write(string form)
    {
        using var certificate = Certificate();
        var base64 = Convert.ToBase64String(certificate.RawData);
        var pem = certificate.ExportCertificatePem();
        using var read = ClientCertificateField.Read(form switch
        {
            "RFC 9440" => $":{base64}:",
            "bare base64" => base64,
            "escaped PEM" => Uri.EscapeDataString(pem + "\n"),
            "escaped PEM with its chain" => Uri.EscapeDataString($"{pem}\n{pem}\n"),
            _ => pem.ReplaceLineEndings(" "),
        });

        Assert.Equal(certificate.RawData, read?.RawData);
    }

    [Theory]
    [InlineData("")]
    [InlineData(":")]
    [InlineData("::")]
    [InlineData("AAAA")]
    [InlineData(":AAAA:")]
    [InlineData("%")]
    [InlineData("%2")]
    [InlineData("-----BEGIN CERTIFICATE-----")]
    [InlineData("-----BEGIN CERTIFICATE----------END CERTIFICATE-----")]
    [InlineData("-----BEGIN CERTIFICATE----- !!! -----END CERTIFICATE-----")]
    [InlineData("Hash=468ed33be74eee6556d90c0149c1309e9ba61d6425303443c0748a02dd8de688")]
    public void What_is_no_certificate_gives_none(string value) => Assert.Null(ClientCertificateField.Read(value));

    [Fact]
    public void Text_around_a_certificate_or_too_much_of_it_gives_none()
    {
        using var certificate = Certificate();

        Assert.Null(ClientCertificateField.Read("x" + certificate.ExportCertificatePem()));
        Assert.Null(ClientCertificateField.Read(new string('A', 100_000)));
    }

    private static X509Certificate2 Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new CertificateRequest("CN=client", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
    }
}
