using Microsoft.Extensions.DependencyInjection;
using Sluice.Hosting;
using Sluice.Kafka.Client;
using Sluice.Testing;
using Sluice.Testing.Kafka;
using Sluice.Tests.Rest.V3;

[assembly: AssemblyFixture(typeof(SharedGateways))]

namespace Sluice.Tests.Rest.V3;

/// <summary>One gateway for each kind of cluster, for all tests that keep apart by name; started by the first that asks.</summary>
public sealed class SharedGateways : IAsyncDisposable
{
    // Tests of what the gateway says, not of how soon it gives up: a busy machine must not make them fail.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly Lazy<Task<GatewayHost>> OnEmbedded = new(async () => await ReadyAsync(await GatewayHost.StartAsync()));

    private static readonly Lazy<Task<GatewayHost>> OnKafka = new(async () =>
    {
        var kafka = await SharedKafka.StartAsync();
        var options = new KafkaClusterOptions { ClusterId = "lkc-dev", UnavailableAfter = Patience, RequestTimeout = 2 * Patience };
        options.Client["bootstrap.servers"] = kafka.Plain;
        var connection = new KafkaClusterConnection(options);
        return await ReadyAsync(await GatewayHost.StartAsync(builder => builder.Services.AddSingleton(_ => new ClusterDirectory([connection]))));
    });

    internal static Task<GatewayHost> EmbeddedAsync() => OnEmbedded.Value;

    internal static Task<GatewayHost> KafkaAsync() => OnKafka.Value;

    /// <summary>Waits until the gateway has the keys of its identity provider, which a busy machine may keep from it at first.</summary>
    internal static async Task<GatewayHost> ReadyAsync(GatewayHost gateway)
    {
        while ((await gateway.GetAsync($"{gateway.Cluster}/links")).Status == 503)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System);
        }

        return gateway;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var started in new[] { OnEmbedded, OnKafka }.Where(s => s.IsValueCreated))
        {
            if (started.Value.IsCompletedSuccessfully)
            {
                await (await started.Value).DisposeAsync();
            }
        }
    }
}

/// <summary>A gateway that several test classes share.</summary>
public abstract class SharedGateway : IAsyncLifetime
{
    private GatewayHost? _gateway;

    /// <summary>Skips the test where there can be none.</summary>
    internal GatewayHost Gateway => WhyNot is { } why ? Skip(why) : _gateway!;

    private protected abstract string? WhyNot { get; }

    public async ValueTask InitializeAsync()
    {
        if (WhyNot is null)
        {
            _gateway = await StartAsync();
        }
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return default;
    }

    private protected abstract Task<GatewayHost> StartAsync();

    private static GatewayHost Skip(string why)
    {
        Assert.Skip(why);
        throw new InvalidOperationException();
    }
}

public sealed class EmbeddedGateway : SharedGateway
{
    private protected override string? WhyNot => null;

    private protected override Task<GatewayHost> StartAsync() => SharedGateways.EmbeddedAsync();
}

public sealed class KafkaGateway : SharedGateway
{
    /// <summary>The cluster itself, for a second opinion.</summary>
    internal RealKafka Kafka { get; private set; } = null!;

    private protected override string? WhyNot => SharedKafka.WhyNot;

    private protected override async Task<GatewayHost> StartAsync()
    {
        Kafka = await SharedKafka.StartAsync();
        return await SharedGateways.KafkaAsync();
    }
}
