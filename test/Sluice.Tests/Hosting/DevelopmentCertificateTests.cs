using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Sluice.Hosting;
using Sluice.Testing;

namespace Sluice.Tests.Hosting;

public sealed class DevelopmentCertificateTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("sluice-tls-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Theory]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    public async Task Curl_trusts_the_server_by_the_authority_file(string host)
    {
        Assert.SkipUnless(Curl.Installed, Curl.Missing);
        using var certificate = DevelopmentCertificate.LoadOrCreate(_data, TimeProvider.System);
        await using var server = await ServeAsync(certificate, IPAddress.Loopback);

        var answer = await Curl.ShellAsync($"curl --silent --show-error --cacert '{certificate.AuthorityFile}' https://{host}:{server.Port}/", Cancel);

        Assert.Equal("hello", answer);
    }

    [Fact]
    public async Task Curl_trusts_the_server_on_the_ipv6_loopback_address()
    {
        Assert.SkipUnless(Curl.Installed, Curl.Missing);
        Assert.SkipUnless(System.Net.Sockets.Socket.OSSupportsIPv6, "Switch on IPv6 to run this test.");
        using var certificate = DevelopmentCertificate.LoadOrCreate(_data, TimeProvider.System);
        await using var server = await ServeAsync(certificate, IPAddress.IPv6Loopback);

        var answer = await Curl.ShellAsync($"curl --silent --show-error --cacert '{certificate.AuthorityFile}' 'https://[::1]:{server.Port}/'", Cancel);

        Assert.Equal("hello", answer);
    }

    [Fact]
    public async Task Curl_refuses_the_server_without_the_authority_file()
    {
        Assert.SkipUnless(Curl.Installed, Curl.Missing);
        using var certificate = DevelopmentCertificate.LoadOrCreate(_data, TimeProvider.System);
        await using var server = await ServeAsync(certificate, IPAddress.Loopback);

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            Curl.ShellAsync($"curl --silent --show-error https://localhost:{server.Port}/", Cancel));

        Assert.Contains("ended with 60", failure.Message, StringComparison.Ordinal); // peer certificate cannot be authenticated
    }

    [Fact]
    public async Task A_client_with_the_trust_policy_gets_through_and_another_data_directorys_does_not()
    {
        using var certificate = DevelopmentCertificate.LoadOrCreate(_data, TimeProvider.System);
        using var stranger = DevelopmentCertificate.LoadOrCreate(Path.Combine(_data, "other"), TimeProvider.System);
        await using var server = await ServeAsync(certificate, IPAddress.Loopback);
        var url = new Uri($"https://127.0.0.1:{server.Port}/");

        using var trusting = new HttpClient(new SocketsHttpHandler { SslOptions = { CertificateChainPolicy = certificate.TrustPolicy() } });
        using var doubting = new HttpClient(new SocketsHttpHandler { SslOptions = { CertificateChainPolicy = stranger.TrustPolicy() } });

        Assert.Equal("hello", await trusting.GetStringAsync(url, Cancel));
        await Assert.ThrowsAsync<HttpRequestException>(() => doubting.GetStringAsync(url, Cancel));
    }

    [Fact]
    public void It_is_made_once()
    {
        using var first = DevelopmentCertificate.LoadOrCreate(_data, TimeProvider.System);
        using var second = DevelopmentCertificate.LoadOrCreate(_data, TimeProvider.System);

        Assert.Equal(first.Server.Thumbprint, second.Server.Thumbprint);
        Assert.Equal(first.Authority.Thumbprint, second.Authority.Thumbprint);
        Assert.Equal(Path.Combine(_data, "tls", "ca.pem"), first.AuthorityFile);
    }

    [Fact]
    public void It_is_made_anew_when_a_month_is_left()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 10, 0, 0, TimeSpan.Zero));
        using var first = DevelopmentCertificate.LoadOrCreate(_data, time);

        time.Advance(TimeSpan.FromDays(366));
        using var kept = DevelopmentCertificate.LoadOrCreate(_data, time);
        time.Advance(TimeSpan.FromDays(2));
        using var renewed = DevelopmentCertificate.LoadOrCreate(_data, time);

        Assert.Equal(first.Server.Thumbprint, kept.Server.Thumbprint);
        Assert.NotEqual(first.Server.Thumbprint, renewed.Server.Thumbprint);
        Assert.True(renewed.Server.NotAfter.ToUniversalTime() > time.GetUtcNow().UtcDateTime + TimeSpan.FromDays(300));
    }

    [Theory]
    [InlineData("ca.pem", "")]
    [InlineData("ca.pem", "not a certificate")]
    [InlineData("ca.pem", null)]
    [InlineData("server.pem", "")]
    [InlineData("server.pem", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")]
    [InlineData("server.pem", null)]
    public void Broken_or_missing_files_are_made_anew(string file, string? content)
    {
        DevelopmentCertificate.LoadOrCreate(_data, TimeProvider.System).Dispose();
        var path = Path.Combine(_data, "tls", file);
        File.Delete(path);
        if (content is not null)
        {
            File.WriteAllText(path, content);
        }

        using var certificate = DevelopmentCertificate.LoadOrCreate(_data, TimeProvider.System);
        using var again = DevelopmentCertificate.LoadOrCreate(_data, TimeProvider.System);

        Assert.True(certificate.Server.HasPrivateKey);
        Assert.Equal(certificate.Server.Thumbprint, again.Server.Thumbprint);
    }

    [Fact]
    public void Files_that_do_not_belong_together_are_made_anew()
    {
        var other = Path.Combine(_data, "other");
        using var first = DevelopmentCertificate.LoadOrCreate(_data, TimeProvider.System);
        DevelopmentCertificate.LoadOrCreate(other, TimeProvider.System).Dispose();
        File.Copy(Path.Combine(other, "tls", "ca.pem"), first.AuthorityFile, overwrite: true);

        using var second = DevelopmentCertificate.LoadOrCreate(_data, TimeProvider.System);

        Assert.NotEqual(first.Server.Thumbprint, second.Server.Thumbprint);
    }

    [Fact]
    public void The_key_is_readable_by_its_owner_only_and_the_authoritys_key_is_nowhere()
    {
        DevelopmentCertificate.LoadOrCreate(_data, TimeProvider.System).Dispose();
        var files = Directory.GetFiles(Path.Combine(_data, "tls")).Order(StringComparer.Ordinal).ToArray();

        Assert.Equal(["ca.pem", "server.pem"], files.Select(Path.GetFileName));
        Assert.DoesNotContain("PRIVATE KEY", File.ReadAllText(files[0]), StringComparison.Ordinal);
        Assert.Contains("PRIVATE KEY", File.ReadAllText(files[1]), StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(files[1]));
        }
    }

    private static async Task<Server> ServeAsync(DevelopmentCertificate certificate, IPAddress address)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(address, 0, listener => listener.UseHttps(certificate.Server)));
        var app = builder.Build();
        app.MapGet("/", () => "hello");
        await app.StartAsync(Cancel);
        return new Server(app, new Uri(app.Urls.First()).Port);
    }

    private sealed record Server(WebApplication App, int Port) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => App.DisposeAsync();
    }
}
