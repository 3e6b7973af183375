using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sluice.Identity.Keys.Outbound;
using Sluice.Identity.Rules;

namespace Sluice.Identity.Tests.Keys;

/// <summary>Attacks 90 and 91: where the gateway lets an administrator of a provider send it.</summary>
public sealed class OutboundTests
{
    [Theory]
    [InlineData("http://issuer.example/keys")]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://issuer.example/keys")]
    [InlineData("gopher://issuer.example/keys")]
    [InlineData("https://user@issuer.example/keys")]
    [InlineData("https://user:password@issuer.example/keys")]
    [InlineData("https://issuer.example/keys#fragment")]
    [InlineData("https://[fe80::1]/keys")]
    [InlineData("https://[::1]/keys")]
    [InlineData("https://[::ffff:127.0.0.1]/keys")]
    [InlineData("https://[::ffff:10.0.0.1]/keys")]
    [InlineData("https://[64:ff9b::10.0.0.1]/keys")]
    [InlineData("https://[fd00::1]/keys")]
    [InlineData("https://127.0.0.1/keys")]
    [InlineData("https://2130706433/keys")]
    [InlineData("https://0x7f000001/keys")]
    [InlineData("https://127.1/keys")]
    [InlineData("https://017700000001/keys")]
    [InlineData("https://169.254.169.254/latest/meta-data")]
    [InlineData("https://10.1.2.3/keys")]
    [InlineData("https://192.168.1.1/keys")]
    [InlineData("https://172.16.0.1/keys")]
    [InlineData("https://100.64.0.1/keys")]
    [InlineData("https://0.0.0.0/keys")]
    [InlineData("https://224.0.0.1/keys")]
    [InlineData("https://255.255.255.255/keys")]
    [InlineData("https:///keys")]
    [InlineData("https://issuer.example/ke ys")]
    [InlineData("//issuer.example/keys")]
    [InlineData("keys")]
    [InlineData("")]
    public void Attack_91_an_address_that_keys_may_not_come_from_is_refused_when_it_is_saved(string jwksUri) =>
        Assert.NotNull(ProviderRules.CheckJwksUri(jwksUri, new OutboundOptions()));

    [Theory]
    [InlineData("https://issuer.example/keys")]
    [InlineData("https://issuer.example:8443/a/b?c=d")]
    [InlineData("https://93.184.216.34/keys")]
    [InlineData("https://[2606:4700::1111]/keys")]
    public void A_public_https_address_is_fine(string jwksUri) => Assert.Null(ProviderRules.CheckJwksUri(jwksUri, new OutboundOptions()));

    [Theory]
    [InlineData("https://issuer.example", true)]
    [InlineData("https://issuer.example/", true)]
    [InlineData("https://10.0.0.1/realms/a", true)]
    [InlineData("https://issuer.example?x=1", false)]
    [InlineData("https://issuer.example#x", false)]
    [InlineData("http://issuer.example", false)]
    [InlineData("urn:issuer", false)]
    [InlineData("https://issu\u00ebr.example", false)]
    [InlineData("https://issuer.example/{tenant}", false)]
    [InlineData("https://xn--issur-gsa.example", true)]
    public void An_issuer_is_an_https_URL_without_query_and_fragment(string issuer, bool accepted) =>
        Assert.Equal(accepted, ProviderRules.CheckIssuer(issuer, new OutboundOptions()) is null);

    [Fact]
    public async Task Providers_are_not_told_which_request_their_keys_are_fetched_for()
    {
        using var request = new System.Diagnostics.Activity("request").Start();
        await using var host = await IdentityHost.StartAsync();
        var fields = new List<string>();
        host.Issuer.OnKeys = async context =>
        {
            fields.AddRange(context.Request.Headers.Keys);
            await host.Issuer.AnswerKeysAsync(context);
        };

        await host.AcceptsAsync(host.Token());

        Assert.Equal(["Accept", "Host"], fields.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Attack_90_a_name_that_resolves_to_a_private_address_is_not_connected_to()
    {
        var resolver = new Resolver([IPAddress.Parse("10.0.0.1")], [IPAddress.Loopback], [IPAddress.Parse("169.254.169.254")]);
        await using var host = await IdentityHost.StartAsync(
            options => options.Outbound.AllowHttpOnLoopback = false, services => services.AddSingleton<IHostResolver>(resolver));
        host.Change(provider => provider with { JwksUri = "https://rebinding.example/keys" });

        for (var i = 0; i < 3; i++)
        {
            await host.RefusesAsync(host.Token(claims => claims["jti"] = $"{i}"), RefusalRule.KeysUnavailable);
            host.Time.Advance(TimeSpan.FromMinutes(2));
            await host.SettleAsync();
        }

        Assert.Equal("INVALID_JWKS_URI", host.Get<IProviderKeys>().StatusOf(IdentityHost.ProviderId)!.Status);
        Assert.True(resolver.Asked > 0);
    }

    [Fact]
    public async Task Attack_90_a_connection_goes_to_the_address_that_was_checked_with_one_look_up()
    {
        // The first look-up gives the allowed listener; a second would give somebody else's.
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var accepted = listener.AcceptSocketAsync(TestContext.Current.CancellationToken).AsTask();
        var resolver = new Resolver([IPAddress.Loopback], [IPAddress.Parse("10.0.0.1")]);
        await using var host = await IdentityHost.StartAsync(
            options =>
            {
                options.Outbound.AllowHttpOnLoopback = false;
                options.Outbound.AllowedNetworks.Add("127.0.0.0/8");
            },
            services => services.AddSingleton<IHostResolver>(resolver));
        host.Change(provider => provider with { JwksUri = $"https://rebinding.example:{port}/keys" });

        var refused = host.CheckAsync(host.Token());
        (await accepted).Dispose();

        Assert.Equal(RefusalRule.KeysUnavailable, (await refused).Refusal?.Rule);
        Assert.Equal(1, resolver.Asked);
    }

    [Fact]
    public async Task Keys_come_over_TLS_from_a_private_authority_when_it_is_configured()
    {
        using var authority = TestCertificates.Authority("CN=Private authority");
        using var server = TestCertificates.Server(authority, "keys.internal.example");
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, authority.ExportCertificatePem(), TestContext.Current.CancellationToken);
        await using var issuer = await Sluice.Testing.Issuers.TestIssuer.StartAsync();
        await using var tls = await ServeAsync(listen => listen.UseHttps(server), issuer.AnswerKeysAsync);

        await using var trusting = await StartAsync(options => options.CaFile = file);
        await using var strict = await StartAsync(_ => { });

        await trusting.AcceptsAsync(trusting.Issuer.Token(trusting.Claims(), issuer.Key));
        await strict.RefusesAsync(strict.Issuer.Token(strict.Claims(), issuer.Key), RefusalRule.KeysUnavailable);
        File.Delete(file);

        async Task<IdentityHost> StartAsync(Action<OutboundOptions> outbound)
        {
            var host = await IdentityHost.StartAsync(
                options =>
                {
                    options.Outbound.AllowedNetworks.Add("127.0.0.0/8");
                    outbound(options.Outbound);
                },
                services => services.AddSingleton<IHostResolver>(new Resolver([IPAddress.Loopback])));
            host.Change(provider => provider with { JwksUri = $"https://keys.internal.example:{Port(tls)}/keys" });
            return host;
        }
    }

    [Fact]
    public async Task Keys_come_through_a_forward_proxy_when_one_is_configured()
    {
        await using var host = await IdentityHost.StartAsync(register: null, configure: options => options.Outbound.Proxy = "http://127.0.0.1:1");
        await host.RefusesAsync(host.Token(), RefusalRule.KeysUnavailable);

        string? target = null;
        await using var issuer = await Sluice.Testing.Issuers.TestIssuer.StartAsync();
        await using var proxy = await ServeAsync(_ => { }, async context =>
        {
            target = context.Request.Host.Value;
            await issuer.AnswerKeysAsync(context);
        });
        await using var proxied = await IdentityHost.StartAsync(options => options.Outbound.Proxy = $"http://127.0.0.1:{Port(proxy)}");
        await proxied.AcceptsAsync(proxied.Issuer.Token(proxied.Claims(), issuer.Key));

        Assert.Equal(new Uri(proxied.Issuer.JwksUri).Authority, target);
        Assert.Equal(0, proxied.Issuer.Fetches);
    }

    private static async Task<WebApplication> ServeAsync(Action<Microsoft.AspNetCore.Server.Kestrel.Core.ListenOptions> listen, RequestDelegate answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, options => listen(options)));
        var app = builder.Build();
        app.Run(answer);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }

    private static int Port(WebApplication app) => new Uri(app.Urls.First()).Port;

    /// <summary>Gives one answer after the other; the last one for ever.</summary>
    private sealed class Resolver(params IPAddress[][] answers) : IHostResolver
    {
        public int Asked { get; private set; }

        public Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken) =>
            Task.FromResult(answers[Math.Min(Asked++, answers.Length - 1)]);
    }
}
