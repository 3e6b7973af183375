using Microsoft.Extensions.Time.Testing;
using Sluice.State.Logs;
using static Sluice.State.Tests.Samples;

namespace Sluice.State.Tests;

public sealed class StateStoreTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero));

    [Fact]
    public async Task A_change_is_in_the_state_as_soon_as_it_has_been_acknowledged()
    {
        await using var store = await OpenAsync(new MemoryChangeLog());

        var stored = await store.PutAsync(Account("sa-1"));

        Assert.Same(stored, store.Current.ServiceAccounts["sa-1"]);
        Assert.Equal(1, store.Current.Version);
        Assert.Equal(new ResourceMetadata(_time.GetUtcNow(), _time.GetUtcNow(), 1, false), stored!.Metadata);
    }

    [Fact]
    public async Task A_rewritten_resource_keeps_when_it_was_created()
    {
        await using var store = await OpenAsync(new MemoryChangeLog());
        var created = _time.GetUtcNow();
        await store.PutAsync(Account("sa-1"));
        _time.Advance(TimeSpan.FromHours(1));

        var stored = await store.PutAsync(Account("sa-1", "renamed"));

        Assert.Equal(new ResourceMetadata(created, created + TimeSpan.FromHours(1), 2, false), stored!.Metadata);
    }

    [Fact]
    public async Task A_state_that_was_read_does_not_change_under_its_reader()
    {
        await using var store = await OpenAsync(new MemoryChangeLog());
        var before = store.Current;

        await store.PutAsync(Account("sa-1"));

        Assert.Empty(before.ServiceAccounts);
    }

    [Fact]
    public async Task Decisions_made_at_once_see_each_other()
    {
        await using var store = await OpenAsync(new MemoryChangeLog());

        // Each takes the next free number: were two to decide over the same state, two would take the same one.
        await Task.WhenAll(Enumerable.Range(0, 2_000).Select(_ => Task.Run(() => store.UpdateAsync(
            Author,
            s => Update.Of(_ => 0, Change.Put(Account($"sa-{s.ServiceAccounts.Count}"))),
            TestContext.Current.CancellationToken))));

        Assert.Equal(2_000, store.Current.ServiceAccounts.Count);
        Assert.Equal(2_000, store.Current.Version);
    }

    [Fact]
    public async Task A_decision_that_throws_fails_alone_and_changes_nothing()
    {
        await using var store = await OpenAsync(new MemoryChangeLog());
        var failing = store.UpdateAsync<int>(Author, _ => throw new InvalidDataException("no"), CancellationToken.None);

        await store.PutAsync(Account("sa-1"));

        await Assert.ThrowsAsync<InvalidDataException>(() => failing);
        Assert.Equal(1, store.Current.Version);
    }

    [Fact]
    public async Task When_another_gateway_wrote_first_the_decision_is_made_again_over_what_it_wrote()
    {
        var log = new MemoryChangeLog();
        await using var one = await OpenAsync(log);
        await using var other = await OpenAsync(log);
        await one.PutAsync(Account("sa-1"));
        var seen = new List<long>();

        await other.UpdateAsync(
            Author,
            s =>
            {
                seen.Add(s.Version);
                return Update.Of(_ => 0, Change.Put(Account("sa-2")));
            },
            TestContext.Current.CancellationToken);

        Assert.Equal([0, 1], seen);
        Assert.Equal(["sa-1", "sa-2"], other.Current.ServiceAccounts.Keys.Order());
        Assert.Equal(2, other.Current.Version);
    }

    [Fact]
    public async Task When_the_log_cannot_be_written_the_caller_hears_of_it_and_the_state_stays()
    {
        var log = new BrokenLog();
        await using var store = await OpenAsync(log);
        log.Broken = true;
        await Assert.ThrowsAsync<StateUnavailableException>(() => store.PutAsync(Account("sa-1")));
        Assert.Empty(store.Current.ServiceAccounts);

        log.Broken = false;
        await store.PutAsync(Account("sa-2"));

        Assert.Equal(["sa-2"], store.Current.ServiceAccounts.Keys);
        Assert.Equal(1, store.Current.Version);
    }

    [Fact]
    public async Task A_cancelled_caller_changes_nothing()
    {
        await using var store = await OpenAsync(new MemoryChangeLog());
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => store.UpdateAsync(Author, _ => Update.Of(_ => 0, Change.Put(Account("sa-1"))), cancelled.Token));

        Assert.Empty(store.Current.ServiceAccounts);
    }

    [Fact]
    public async Task What_configuration_declares_is_there_wins_and_cannot_be_changed()
    {
        var log = new MemoryChangeLog();
        await using (var before = await OpenAsync(log))
        {
            await before.PutAsync(Account("sa-1", "from the log"));
        }

        await using var store = await StateStore.OpenAsync(log, [Account("sa-1", "declared")], _time);

        Assert.Equal("declared", store.Current.ServiceAccounts["sa-1"].DisplayName);
        Assert.True(store.Current.ServiceAccounts["sa-1"].Metadata.IsDeclared);
        await Assert.ThrowsAsync<InvalidOperationException>(() => store.PutAsync(Account("sa-1", "other")));
        await Assert.ThrowsAsync<InvalidOperationException>(() => store.DeleteAsync(Account("sa-1")));
        Assert.Equal("declared", store.Current.ServiceAccounts["sa-1"].DisplayName);
    }

    [Fact]
    public async Task History_says_who_changed_what_and_when()
    {
        await using var store = await OpenAsync(new MemoryChangeLog());
        await store.PutAsync(Account("sa-1"));
        await store.PutAsync(Account("sa-2"));
        _time.Advance(TimeSpan.FromMinutes(1));
        await store.DeleteAsync(Account("sa-1"));

        var history = await store.ReadHistoryAsync(
            new HistoryQuery(0, 10, ResourceKind.ServiceAccount, "sa-1"), TestContext.Current.CancellationToken);

        Assert.Equal([1, 3], history.Select(r => r.Version));
        Assert.All(history, r => Assert.Equal(Author, r.Author));
        Assert.Equal("sa-1", ((ServiceAccount)history[0].After!).DisplayName);
        Assert.Null(history[1].After);
        Assert.Equal(_time.GetUtcNow(), history[1].At);
    }

    [Fact]
    public async Task Changes_after_the_end_are_refused()
    {
        var store = await OpenAsync(new MemoryChangeLog());
        await store.DisposeAsync();

        await Assert.ThrowsAsync<StateUnavailableException>(() => store.PutAsync(Account("sa-1")));
    }

    private Task<StateStore> OpenAsync(IChangeLog log) => StateStore.OpenAsync(log, [], _time);

    private sealed class BrokenLog : IChangeLog
    {
        private readonly MemoryChangeLog _inner = new();

        public bool Broken { get; set; }

        public IReadOnlyList<ChangeRecord> Read(HistoryQuery query) => _inner.Read(query);

        public bool TryAppend(long expectedVersion, IReadOnlyList<ChangeRecord> records) =>
            Broken ? throw new StateUnavailableException("disk full") : _inner.TryAppend(expectedVersion, records);

        public void Dispose() => _inner.Dispose();
    }
}
