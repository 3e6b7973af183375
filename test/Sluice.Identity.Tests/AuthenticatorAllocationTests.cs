using System.Diagnostics;
using System.Reflection;
using System.Text.Json.Nodes;

namespace Sluice.Identity.Tests;

/// <summary>The promises in the authenticator's remarks.</summary>
public sealed class AuthenticatorAllocationTests
{
    // 784 in the bench on .NET 10; without optimization, asynchronous methods are objects. A token that is new to the gateway costs mostly its signature, as
    // long as it does not fill memory: with 3.8 kB it once cost 1.7 times that.
    private static readonly int MostForNewToken = IsOptimized ? 1000 : 2300;

    [Fact]
    public async Task A_token_seen_before_costs_no_allocation()
    {
        await using var host = await IdentityHost.StartAsync();
        var credentials = new PresentedCredentials($"Bearer {host.Token()}", IdentityHost.PoolId);
        Assert.NotNull((await host.PresentAsync(credentials)).Caller);
        for (var i = 0; i < 100; i++)
        {
            Accept(host.Authenticator, credentials);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            Accept(host.Authenticator, credentials);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [InlineData(IdentityHost.PoolId, 0)]
    [InlineData(null, 0)]
    [InlineData(IdentityHost.PoolId, 200)]
    public async Task A_token_never_seen_costs_what_is_remembered_of_it_and_little_more(string? pools, int groups)
    {
        await using var host = await IdentityHost.StartAsync();
        var fresh = new Queue<PresentedCredentials>(Enumerable.Range(0, 220).Select(i => new PresentedCredentials(
            "Bearer " + host.Token(claims =>
            {
                claims["jti"] = $"token-{i}";
                claims["groups"] = new JsonArray([.. Enumerable.Range(0, groups).Select(group => (JsonNode)$"a-group-with-a-name-{group}")]);
            }),
            pools is null ? default : new(pools))));
        Assert.NotNull((await host.PresentAsync(fresh.Dequeue())).Caller);
        while (fresh.Count > 100)
        {
            Accept(host.Authenticator, fresh.Dequeue());
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            Accept(host.Authenticator, fresh.Dequeue());
        }

        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / 100, 1, MostForNewToken);
    }

    private static bool IsOptimized =>
        typeof(Authenticator).Assembly.GetCustomAttribute<DebuggableAttribute>() is not { IsJITOptimizerDisabled: true };

    private static void Accept(IAuthenticator authenticator, in PresentedCredentials credentials)
    {
        var outcome = authenticator.AuthenticateAsync(credentials, CancellationToken.None);
        if (!outcome.IsCompletedSuccessfully || !outcome.GetAwaiter().GetResult().TryGet(out _, out _))
        {
            throw new InvalidOperationException("It was not accepted at once");
        }
    }
}
