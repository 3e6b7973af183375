using Sluice.State.Logs;
using static Sluice.State.Tests.Samples;

namespace Sluice.State.Tests;

public sealed class RecentChangesTests
{
    [Fact]
    public async Task What_changed_between_two_states_is_told_as_long_as_it_is_remembered()
    {
        await using var store = await StateStore.OpenAsync(new MemoryChangeLog(), [Pool("pool-declared")], TimeProvider.System);
        var first = store.Current;
        await store.PutAsync(Pool("pool-1"));
        var second = store.Current;
        await store.UpdateAsync(
            Author, _ => Update.Of(_ => 0, Change.Put(Pool("pool-2")), Change.Put(Pool("pool-1") with { Filter = "false" }), Change.Delete(Pool("pool-1"))), CancellationToken.None);
        await store.UpdateAsync(Author, _ => Update.Of(_ => 0, Change.Put(new ServiceAccount("sa-1", "a", ""))), CancellationToken.None);
        var third = store.Current;

        Assert.Empty(Between(third, third)!);
        Assert.Equal(["pool-1", "pool-2"], Between(second, third)!.Distinct().Order());
        Assert.Equal(["pool-1", "pool-2"], Between(first, third)!.Distinct().Order());
        Assert.Null(Between(third, first));

        for (var i = 0; i < 100; i++)
        {
            await store.PutAsync(Pool($"pool-{i}"));
        }

        Assert.Null(Between(first, store.Current));
    }

    [Fact]
    public async Task A_state_put_together_by_hand_and_a_very_large_change_follow_nothing()
    {
        await using var store = await StateStore.OpenAsync(new MemoryChangeLog(), [], TimeProvider.System);
        var empty = store.Current;
        await store.PutAsync(Pool("pool-1"));
        var one = store.Current;

        Assert.Null(Between(empty, one with { IdentityPools = one.IdentityPools.SetItem("pool-2", Pool("pool-2")) }));

        await store.UpdateAsync(Author, _ => Update.Of(_ => 0, [.. Enumerable.Range(0, 5_000).Select(i => Change.Put(Pool($"pool-{i}")))]), CancellationToken.None);
        Assert.Null(Between(one, store.Current));
    }

    private static IReadOnlyList<string>? Between(GatewayState before, GatewayState after) =>
        after.RecentPoolChanges.Between(before.IdentityPools, after.IdentityPools);
}
