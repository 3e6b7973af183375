using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Sluice.Identity.Trust;
using Sluice.State;
using Sluice.Testing.Issuers;

namespace Sluice.Identity.Tests;

/// <summary>The room composed as the gateway composes it, with one issuer on a real socket, a clock that tests move, and state that they change.</summary>
internal sealed class IdentityHost : IAsyncDisposable, IStateSource
{
    private readonly ServiceProvider _services;
    private GatewayState _state = GatewayState.Empty;

    private IdentityHost(TestIssuer issuer, Action<IdentityOptions>? configure, Action<IServiceCollection>? register, DateTimeOffset? start)
    {
        Time = new FakeTimeProvider(start ?? new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero));
        Issuer = issuer;
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(Time);
        services.AddSingleton<IStateSource>(this);
        services.AddSingleton<ILoggerProvider>(Logs);
        services.AddSluiceIdentity(new ConfigurationBuilder().Build(), options =>
        {
            options.Outbound.AllowHttpOnLoopback = true;
            configure?.Invoke(options);
        });
        register?.Invoke(services);
        _services = services.BuildServiceProvider();
    }

    public const string ProviderId = "op-test";

    public const string PoolId = "pool-all";

    public TestIssuer Issuer { get; }

    public FakeTimeProvider Time { get; }

    public CapturedLogs Logs { get; } = new();

    public DateTimeOffset Now => Time.GetUtcNow();

    public IAuthenticator Authenticator => Get<IAuthenticator>();

    GatewayState IStateSource.Current => Volatile.Read(ref _state);

    public GatewayState State
    {
        get => _state;
        set => Volatile.Write(ref _state, value);
    }

    /// <summary>One provider <see cref="ProviderId"/> for a new issuer, with one pool <see cref="PoolId"/> that takes everybody.</summary>
    public static async Task<IdentityHost> StartAsync(
        Action<IdentityOptions>? configure = null, Action<IServiceCollection>? register = null, DateTimeOffset? start = null)
    {
        var host = new IdentityHost(await TestIssuer.StartAsync(), configure, register, start);
        host.Put(new IdentityProvider(ProviderId, "Test", "", host.Issuer.Issuer, host.Issuer.JwksUri));
        host.Put(new IdentityPool(PoolId, ProviderId, "All", "", "claims.sub", "true"));
        return host;
    }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public void Put(IdentityProvider provider) =>
        State = State with { IdentityProviders = State.IdentityProviders.SetItem(provider.Id, provider) };

    public void Put(IdentityPool pool) => State = State with { IdentityPools = State.IdentityPools.SetItem(pool.Id, pool) };

    public void Put(ApiKey key) => State = State with { ApiKeys = State.ApiKeys.SetItem(key.Id, key) };

    /// <summary>The provider <see cref="ProviderId"/>, changed.</summary>
    public void Change(Func<IdentityProvider, IdentityProvider> change) => Put(change(State.IdentityProviders[ProviderId]));

    public JsonObject Claims(string subject = "orders-svc") => Issuer.Claims(Now, subject);

    /// <summary>A good token, after <paramref name="change"/> to its claims.</summary>
    public string Token(Action<JsonObject>? change = null)
    {
        var claims = Claims();
        change?.Invoke(claims);
        return Issuer.Token(claims);
    }

    /// <summary>Presents <paramref name="token"/> as a bearer token, with <paramref name="pools"/> in the pool field.</summary>
    public async Task<Outcome> CheckAsync(string token, string? pools = PoolId) =>
        await PresentAsync(new PresentedCredentials($"Bearer {token}", pools is null ? default : new(pools)));

    public async Task<Outcome> PresentAsync(PresentedCredentials credentials)
    {
        var outcome = await Authenticator.AuthenticateAsync(credentials, TestContext.Current.CancellationToken);
        return outcome.TryGet(out var caller, out var refusal) ? new Outcome(caller, null) : new Outcome(null, refusal);
    }

    public async Task<Caller> AcceptsAsync(string token, string? pools = PoolId)
    {
        var outcome = await CheckAsync(token, pools);
        Assert.True(outcome.Caller is not null, $"Refused: {outcome.Refusal}");
        return outcome.Caller;
    }

    public async Task<Refusal> RefusesAsync(string token, RefusalRule rule, string? pools = PoolId)
    {
        var outcome = await CheckAsync(token, pools);
        Assert.True(outcome.Refusal is not null, $"Accepted: {outcome.Caller}");
        Assert.Equal((rule, outcome.Refusal.Detail), (outcome.Refusal.Rule, outcome.Refusal.Detail));
        return outcome.Refusal;
    }

    /// <summary>Lets a fetch that a timer began come to its end: waits until this many have been made and the last one has been taken in.</summary>
    public async Task SettleAsync(int fetches = 0)
    {
        var keys = Get<Directories>().Current.ByIssuer.Values.Single().Keys;
        for (var i = 0; i < 2000 && (Issuer.Fetches < fetches || keys.IsFetching); i++)
        {
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Fetches the provider's keys now.</summary>
    public async Task RefreshKeysAsync() => await Get<IProviderKeys>().RefreshAsync(ProviderId, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await Issuer.DisposeAsync();
    }

    internal sealed record Outcome(Caller? Caller, Refusal? Refusal);
}
