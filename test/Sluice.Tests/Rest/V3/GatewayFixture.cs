using Sluice.Testing;

namespace Sluice.Tests.Rest.V3;

/// <summary>One gateway for a test class; tests keep apart by topic name.</summary>
public sealed class GatewayFixture : IAsyncLifetime
{
    internal GatewayHost Gateway { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Gateway = await GatewayHost.StartAsync();

    public ValueTask DisposeAsync() => Gateway.DisposeAsync();
}
