using Microsoft.Extensions.DependencyInjection;
using Sluice.Hosting;
using Sluice.Testing;

namespace Sluice.Tests.Rest.V3;

/// <summary>A gateway in front of a <see cref="FailingCluster"/>.</summary>
public sealed class FailingGateway : IAsyncLifetime
{
    internal FailingCluster Cluster { get; } = new("lkc-dev");

    internal GatewayHost Gateway { get; private set; } = null!;

    public async ValueTask InitializeAsync() =>
        Gateway = await SharedGateways.ReadyAsync(
            await GatewayHost.StartAsync(builder => builder.Services.AddSingleton(new ClusterDirectory([Cluster]))));

    public ValueTask DisposeAsync() => Gateway.DisposeAsync();
}
