using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Sluice.State;
using Sluice.Testing.Issuers;

namespace Sluice.Identity.Benchmarks;

/// <summary>The identity room composed as the gateway composes it, with one issuer on a real socket.</summary>
internal sealed class BenchHost : IAsyncDisposable, IStateSource
{
    public const string ProviderId = "op-bench";

    private readonly ServiceProvider _services;

    private BenchHost(TestIssuer issuer, IEnumerable<IdentityPool> pools)
    {
        Issuer = issuer;
        Current = GatewayState.Empty with
        {
            IdentityProviders = GatewayState.Empty.IdentityProviders.Add(
                ProviderId, new IdentityProvider(ProviderId, "Bench", "", issuer.Issuer, issuer.JwksUri)),
            IdentityPools = GatewayState.Empty.IdentityPools.AddRange(pools.Select(pool => KeyValuePair.Create(pool.Id, pool))),
        };
        var services = new ServiceCollection();
        services.AddSingleton<IStateSource>(this);
        services.AddSluiceIdentity(new ConfigurationBuilder().Build(), options =>
        {
            options.Outbound.AllowHttpOnLoopback = true;
            options.MaxMappedPools = 100_000;
        });
        _services = services.BuildServiceProvider();
        Authenticator = _services.GetRequiredService<IAuthenticator>();
    }

    public GatewayState Current { get; }

    public TestIssuer Issuer { get; }

    public IAuthenticator Authenticator { get; }

    public static async Task<BenchHost> StartAsync(params IEnumerable<IdentityPool> pools) => new(await TestIssuer.StartAsync(), pools);

    public static IdentityPool Pool(string id, string filter) => new(id, ProviderId, id, "", "claims.sub", filter);

    /// <summary>A token of the size that Okta's or Entra's have.</summary>
    public string Token(int number)
    {
        var claims = Issuer.Claims(TimeProvider.System.GetUtcNow());
        claims["jti"] = $"token-{number}";
        claims["client_id"] = "orders-svc";
        claims["groups"] = new System.Text.Json.Nodes.JsonArray("platform", "writers", "orders", "everyone");
        claims["tenant"] = "0f9a4f7e-2f5c-4a55-9a5e-0c1d2e3f4a5b";
        return Issuer.Token(claims);
    }

    /// <summary>Authenticates and insists on success.</summary>
    public void Accept(in PresentedCredentials credentials)
    {
        var outcome = Authenticator.AuthenticateAsync(credentials, CancellationToken.None);
        if (!(outcome.IsCompletedSuccessfully ? outcome.Result : outcome.AsTask().GetAwaiter().GetResult()).TryGet(out _, out var refusal))
        {
            throw new InvalidOperationException(refusal.ToString());
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await Issuer.DisposeAsync();
    }
}
