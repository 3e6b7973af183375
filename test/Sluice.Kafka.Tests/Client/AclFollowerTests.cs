using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Sluice.Kafka.Acls;
using Sluice.Kafka.Client.Cluster;
using Sluice.Testing;

namespace Sluice.Kafka.Tests.Client;

public sealed class AclFollowerTests : IAsyncDisposable
{
    private static readonly TimeSpan Refresh = TimeSpan.FromSeconds(2);
    private static readonly KafkaError Away = new(KafkaErrorCode.LocalBrokerUnavailable, "away");
    private static readonly KafkaError Denied = new(KafkaErrorCode.ClusterAuthorizationFailed, "Cluster authorization failed.");
    private static readonly AclBinding One = Acl("one");
    private static readonly AclBinding Two = Acl("two");

    private readonly FakeTimeProvider _time = new();
    private readonly ToldCluster _cluster = new();
    private readonly Lines _lines = new();
    private readonly AclFollower _follower;

    public AclFollowerTests() => _follower = new AclFollower(_cluster, Refresh, _time, _lines);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _follower.DisposeAsync();

    [Fact]
    public async Task Nothing_is_read_before_somebody_asks_and_a_hundred_who_ask_at_once_wait_for_one_reading()
    {
        Assert.Null(_follower.Current);
        Assert.Equal(0, _cluster.Asked);
        var answer = _cluster.Hold();

        var asking = Enumerable.Range(0, 100).Select(_ => _follower.ReadyAsync(Cancelled).AsTask()).ToArray();
        await _cluster.AskedAsync(1);
        answer.SetResult(new([One]));

        Assert.All(await Task.WhenAll(asking), error => Assert.Equal(KafkaErrorCode.None, error.Code));
        Assert.Equal([One], _follower.Current!);
        Assert.Equal(1, _cluster.Asked);
    }

    [Fact]
    public async Task It_is_the_same_object_while_nothing_changed_in_whatever_order_it_is_told()
    {
        _cluster.Tells(One, Two);
        await _follower.ReadyAsync(Cancelled);
        var before = _follower.Current;

        _cluster.Tells(Acl("two"), Acl("one"));
        await RefreshAsync();
        Assert.Same(before, _follower.Current);

        _cluster.Tells(One);
        await RefreshAsync();
        Assert.Equal([One], _follower.Current!);

        _cluster.Tells(Two);
        await RefreshAsync();
        Assert.Equal([Two], _follower.Current!);
    }

    [Fact]
    public async Task What_was_read_last_holds_while_the_cluster_is_away_or_answers_nonsense_and_is_followed_again()
    {
        _cluster.Tells(One);
        await _follower.ReadyAsync(Cancelled);

        _cluster.Answer = () => Task.FromResult<KafkaResult<IReadOnlyList<AclBinding>>>(Away);
        await RefreshAsync();
        await RefreshAsync();
        _cluster.Answer = () => throw new InvalidDataException("a secret of the wire");
        await RefreshAsync();
        _cluster.Answer = () => Task.FromException<KafkaResult<IReadOnlyList<AclBinding>>>(new OperationCanceledException());
        await RefreshAsync();
        Assert.Equal([One], _follower.Current!);
        Assert.Equal(KafkaErrorCode.None, (await _follower.ReadyAsync(Cancelled)).Code);

        _cluster.Tells(Two);
        await RefreshAsync();
        Assert.Equal([Two], _follower.Current!);

        // Each is said once, not every two seconds.
        Assert.Equal(
            ["The cluster's ACLs cannot be read: away", "The cluster's ACLs are read again"],
            _lines.Written);
    }

    [Fact]
    public async Task A_cluster_that_has_never_answered_gives_its_error_to_everybody_who_asks()
    {
        _cluster.Answer = () => Task.FromResult<KafkaResult<IReadOnlyList<AclBinding>>>(Away);

        Assert.Equal(Away, await _follower.ReadyAsync(Cancelled));
        Assert.Equal(Away, await _follower.ReadyAsync(Cancelled));
        Assert.Null(_follower.Current);

        _cluster.Answer = () => throw new InvalidDataException("a secret of the wire");
        var unexpected = await _follower.ReadyAsync(Cancelled);
        Assert.Equal((KafkaErrorCode.LocalBrokerUnavailable, "The Kafka cluster could not be asked for its ACLs (InvalidDataException)."), (unexpected.Code, unexpected.Message));

        _cluster.Tells(One);
        Assert.Equal(KafkaErrorCode.None, (await _follower.ReadyAsync(Cancelled)).Code);
    }

    [Fact]
    public async Task A_cluster_without_an_authorizer_has_no_ACLs()
    {
        _cluster.Answer = () => Task.FromResult<KafkaResult<IReadOnlyList<AclBinding>>>(new KafkaError(KafkaErrorCode.SecurityDisabled, "No Authorizer is configured."));

        Assert.Equal(KafkaErrorCode.None, (await _follower.ReadyAsync(Cancelled)).Code);
        Assert.Empty(_follower.Current!);
        Assert.Empty(_lines.Written);
    }

    [Fact]
    public async Task A_cluster_that_refuses_to_tell_has_nothing_known_until_it_tells()
    {
        _cluster.Tells(One);
        await _follower.ReadyAsync(Cancelled);

        _cluster.Answer = () => Task.FromResult<KafkaResult<IReadOnlyList<AclBinding>>>(Denied);
        await RefreshAsync();
        Assert.Null(_follower.Current);
        var error = await _follower.ReadyAsync(Cancelled);
        Assert.Equal(KafkaErrorCode.ClusterAuthorizationFailed, error.Code);
        Assert.Contains("needs DESCRIBE on the CLUSTER", error.Message, StringComparison.Ordinal);

        _cluster.Tells(One);
        await RefreshAsync(); // nobody asked meanwhile: an open stream goes on by itself
        Assert.Equal([One], _follower.Current!);
    }

    [Fact]
    public async Task A_change_is_waited_for_until_a_reading_that_was_asked_after_it_shows_it()
    {
        _cluster.Tells();
        await _follower.ReadyAsync(Cancelled);

        // Under way when the change is made: what it says does not count, even if it looks right.
        var stale = _cluster.Hold();
        _time.Advance(Refresh);
        await _cluster.AskedAsync(2);
        var settled = _follower.SettleAsync(acls => acls.Contains(One), Cancelled).AsTask();
        _cluster.Tells();
        stale.SetResult(new([One]));
        await _cluster.AskedAsync(3);
        Assert.False(settled.IsCompleted);

        _cluster.Tells(One);
        await AdvanceUntilAsync(settled);
        Assert.Equal([One], _follower.Current!);
    }

    [Fact]
    public async Task A_change_that_never_shows_is_not_waited_for_longer_than_a_few_seconds_and_not_at_all_where_the_cluster_is_away()
    {
        _cluster.Tells();
        await _follower.ReadyAsync(Cancelled);
        var started = _time.GetUtcNow();

        await AdvanceUntilAsync(_follower.SettleAsync(acls => acls.Contains(One), Cancelled).AsTask());
        Assert.InRange(_time.GetUtcNow() - started, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10));

        _cluster.Answer = () => Task.FromResult<KafkaResult<IReadOnlyList<AclBinding>>>(Away);
        await _follower.SettleAsync(acls => acls.Contains(One), Cancelled);
    }

    [Fact]
    public async Task Who_gives_up_is_let_go_and_the_reading_serves_the_next()
    {
        var answer = _cluster.Hold();
        using var impatient = new CancellationTokenSource();
        var first = _follower.ReadyAsync(impatient.Token).AsTask();
        await _cluster.AskedAsync(1);

        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        var second = _follower.ReadyAsync(Cancelled).AsTask();
        answer.SetResult(new([One]));

        Assert.Equal(KafkaErrorCode.None, (await second).Code);
        Assert.Equal(1, _cluster.Asked);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task It_closes_at_once_while_a_reading_hangs_and_leaves_no_exception_behind(bool heeds)
    {
        var unobserved = 0;
        void Count(object? sender, UnobservedTaskExceptionEventArgs e) => Interlocked.Increment(ref unobserved);
        TaskScheduler.UnobservedTaskException += Count;
        try
        {
            await CloseWhileReadingAsync(heeds);
            for (var i = 0; i < 3; i++)
            {
                await Task.Yield();
                GC.Collect();
                GC.WaitForPendingFinalizers();
            }

            Assert.Equal(0, unobserved);
        }
        finally
        {
            TaskScheduler.UnobservedTaskException -= Count;
        }
    }

    private async Task CloseWhileReadingAsync(bool heeds)
    {
        _cluster.HeedsCancellation = heeds;
        var answer = _cluster.Hold();
        var waiting = _follower.ReadyAsync(Cancelled).AsTask();
        await _cluster.AskedAsync(1);

        await _follower.DisposeAsync();
        if (!heeds)
        {
            answer.SetException(new IOException("gone"));
        }

        Assert.Equal(KafkaErrorCode.LocalBrokerUnavailable, (await waiting).Code);

        // Late requests are answered too.
        _cluster.HeedsCancellation = true;
        _ = _cluster.Hold();
        Assert.Equal(KafkaErrorCode.LocalBrokerUnavailable, (await _follower.ReadyAsync(Cancelled)).Code);
    }

    private async Task RefreshAsync()
    {
        var next = _cluster.Asked + 1;
        while (_cluster.Asked < next)
        {
            _time.Advance(Refresh);
            await Task.Delay(1, Cancelled);
        }

        // The answer is taken when the next one who asks is let in: one reading at a time.
        await _follower.SettleAsync(static _ => true, Cancelled);
    }

    private async Task AdvanceUntilAsync(Task task)
    {
        while (!task.IsCompleted)
        {
            _time.Advance(TimeSpan.FromMilliseconds(25));
            await Task.Delay(1, Cancelled);
        }

        await task;
    }

    private static AclBinding Acl(string topic) =>
        new(AclResourceType.Topic, topic, AclPatternType.Literal, "User:pool-1", "*", AclOperation.Write, AclPermission.Allow);

    private sealed class Lines : ILogger
    {
        public List<string> Written { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Written.Add(formatter(state, exception));
    }

    /// <summary>Tells what a test wants it to tell.</summary>
    private sealed class ToldCluster() : FailingCluster("lkc-told")
    {
        private int _asked;

        public Func<Task<KafkaResult<IReadOnlyList<AclBinding>>>> Answer { get; set; } = () => throw new InvalidOperationException("No answer yet.");

        public bool HeedsCancellation { get; set; } = true;

        public int Asked => Volatile.Read(ref _asked);

        public void Tells(params AclBinding[] acls) => Answer = () => Task.FromResult<KafkaResult<IReadOnlyList<AclBinding>>>(acls);

        /// <summary>Does not answer until the test says so.</summary>
        public TaskCompletionSource<KafkaResult<IReadOnlyList<AclBinding>>> Hold()
        {
            var held = new TaskCompletionSource<KafkaResult<IReadOnlyList<AclBinding>>>(TaskCreationOptions.RunContinuationsAsynchronously);
            Answer = () => held.Task;
            return held;
        }

        public async Task AskedAsync(int times)
        {
            while (Asked < times)
            {
                await Task.Delay(1, Cancelled);
            }
        }

        public override Task<KafkaResult<IReadOnlyList<AclBinding>>> DescribeAclsAsync(AclFilter filter, CancellationToken cancellationToken)
        {
            Assert.Equal((AclResourceType.Any, AclPatternType.Any, AclOperation.Any, AclPermission.Any), (filter.ResourceType, filter.PatternType, filter.Operation, filter.Permission));
            var answer = Answer;
            Interlocked.Increment(ref _asked);
            return HeedsCancellation ? answer().WaitAsync(cancellationToken) : answer();
        }
    }
}
