using Microsoft.Extensions.Logging.Abstractions;
using Sluice.Identity.Keys;
using Sluice.Identity.Trust;
using Sluice.State;
using Sluice.State.Logs;

namespace Sluice.Identity.Tests;

/// <summary>What the directory keeps up to date change by change is what it would be if it were made anew.</summary>
public sealed class DirectoriesTests
{
    private static readonly string[] Providers = ["op-a", "op-b", "op-c"];

    [Fact]
    public async Task After_any_changes_the_directory_is_what_it_would_be_if_made_anew()
    {
        var random = new Random(11);
        await using var store = await StateStore.OpenAsync(new MemoryChangeLog(), [], TimeProvider.System);
        using var followed = Directories(store);
        for (var round = 0; round < 400; round++)
        {
            // Now and then more than is remembered, so that it is made anew as well.
            var changes = Enumerable.Range(0, round % 50 == 49 ? 1_500 : random.Next(1, 4)).Select(_ => Any(random)).DistinctBy(c => c.Id).ToList();
            await store.UpdateAsync(ChangeAuthor.System, _ => Update.Of(_ => 0, changes), TestContext.Current.CancellationToken);
            if (random.Next(3) > 0)
            {
                using var anew = Directories(store);
                Assert.Equal(Describe(anew.Current), Describe(followed.Current));
            }
        }
    }

    [Fact]
    public async Task A_change_to_one_pool_keeps_the_others_and_the_other_providers_as_they_are()
    {
        await using var store = await StateStore.OpenAsync(new MemoryChangeLog(), [], TimeProvider.System);
        await store.UpdateAsync(
            ChangeAuthor.System,
            _ => Update.Of(_ => 0, [.. Providers.Select(id => Change.Put(Provider(id, 0))), .. Enumerable.Range(0, 30).Select(i => Change.Put(Pool($"pool-{i}", Providers[i % 3], "true")))]),
            TestContext.Current.CancellationToken);
        using var directories = Directories(store);
        var before = directories.Current;

        await store.UpdateAsync(ChangeAuthor.System, _ => Update.Of(_ => 0, Change.Put(Pool("pool-3", "op-a", "false"))), TestContext.Current.CancellationToken);

        var after = directories.Current;
        Assert.Same(before.ByIssuer["https://op-b.example/0"], after.ByIssuer["https://op-b.example/0"]);
        var (old, changed) = (before.ByIssuer["https://op-a.example/0"], after.ByIssuer["https://op-a.example/0"]);
        Assert.NotSame(old, changed);
        Assert.Same(old.Keys, changed.Keys);
        Assert.Same(old.Pools.ById["pool-0"], changed.Pools.ById["pool-0"]);
        Assert.NotSame(old.Pools.ById["pool-3"], changed.Pools.ById["pool-3"]);
    }

    private static Directories Directories(StateStore store) =>
        new(store, new KeyRingFactory(null!, new ProbedKeys(TimeProvider.System), new IdentityOptions(), TimeProvider.System, NullLogger<KeyRing>.Instance), NullLogger<Directories>.Instance);

    private static Change Any(Random random)
    {
        var provider = Providers[random.Next(Providers.Length)];
        var pool = Pool($"pool-{random.Next(40)}", provider, $"claims.aud == '{random.Next(3)}'");
        return random.Next(10) switch
        {
            0 => Change.Put(Provider(provider, random.Next(2))),
            1 => Change.Delete(Provider(provider, 0)),
            < 4 => Change.Delete(pool),
            _ => Change.Put(pool),
        };
    }

    private static IdentityProvider Provider(string id, int issuer) => new(id, id, "", $"https://{id}.example/{issuer}", $"https://{id}.example/keys");

    private static IdentityPool Pool(string id, string provider, string filter) => new(id, provider, id, "", "claims.sub", filter);

    private static string Describe(IssuerDirectory directory) => string.Join('\n', directory.ByIssuer.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry =>
        $"{entry.Key} {entry.Value.Provider.Id}: {string.Join(", ", entry.Value.Pools.ById.Values.Select(pool => $"{pool.Pool.Id} of {pool.Pool.ProviderId} {pool.Pool.Filter} {pool.Filter.RequiredTexts[0].Texts[0]}"))}"));
}
