namespace Sluice.Tests.Identity;

/// <summary>One gateway with one issuer for a test class.</summary>
public sealed class IssuerGatewayFixture : IAsyncLifetime
{
    internal IssuerGateway Host { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Host = await IssuerGateway.StartAsync();

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
