namespace Sluice.Identity.Tests;

/// <summary>The promise in the authenticator's remarks.</summary>
public sealed class AuthenticatorAllocationTests
{
    [Fact]
    public async Task A_token_seen_before_costs_no_allocation()
    {
        await using var host = await IdentityHost.StartAsync();
        var credentials = new PresentedCredentials($"Bearer {host.Token()}", IdentityHost.PoolId);
        var authenticator = host.Authenticator;
        Assert.NotNull((await host.PresentAsync(credentials)).Caller);
        for (var i = 0; i < 100; i++)
        {
            Check();
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            Check();
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Check()
        {
            var outcome = authenticator.AuthenticateAsync(credentials, CancellationToken.None);
            if (!outcome.IsCompletedSuccessfully || !outcome.GetAwaiter().GetResult().TryGet(out _, out _))
            {
                throw new InvalidOperationException("The token was not remembered");
            }
        }
    }
}
