using Sluice.Testing;

namespace Sluice.Tests.Rest.V3;

/// <summary>One gateway, in front of an embedded cluster, for a test class; tests keep apart by topic name.</summary>
public class GatewayFixture : IAsyncLifetime
{
    private GatewayHost? _gateway;

    internal virtual GatewayHost Gateway => _gateway!;

    public async ValueTask InitializeAsync() => _gateway = await StartAsync();

    public async ValueTask DisposeAsync()
    {
        if (_gateway is not null)
        {
            await _gateway.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    /// <returns>Null when there can be none here: then <see cref="Gateway"/> skips the test.</returns>
    private protected virtual async Task<GatewayHost?> StartAsync() => await GatewayHost.StartAsync();
}
