using Microsoft.Extensions.Time.Testing;
using Sluice.Kafka.Client.Clients;
using Sluice.Kafka.Client.Wire;

namespace Sluice.Kafka.Tests.Client;

public sealed class ReachabilityTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task An_answer_that_comes_with_the_timer_is_the_answer()
    {
        var reach = new Reachability(_ => Task.CompletedTask, Limit, "kafka:9092", _time);
        reach.Heard();
        var call = new TaskCompletionSource<int>();

        Assert.Equal(7, await Racing(reach, call, () => call.SetResult(7)));
    }

    [Fact]
    public async Task A_failure_that_comes_with_the_timer_is_the_failure()
    {
        var reach = new Reachability(_ => Task.CompletedTask, Limit, "kafka:9092", _time);
        reach.Heard();
        var call = new TaskCompletionSource<int>();

        await Assert.ThrowsAsync<KafkaFailure>(() => Racing(reach, call, () => call.SetException(new KafkaFailure(KafkaError.UnknownTopic))));
    }

    [Fact]
    public async Task A_call_that_takes_long_goes_on_while_a_broker_answers_and_ends_when_none_does()
    {
        var answers = true;
        var reach = new Reachability(
            _ => answers ? Task.CompletedTask : throw new KafkaFailure(new KafkaError(KafkaErrorCode.LocalBrokerUnavailable, "away")), Limit, "kafka:9092", _time);
        var never = new TaskCompletionSource<int>();
        var watched = reach.WatchAsync(_ => never.Task, CancellationToken.None);
        for (var i = 0; i < 5; i++)
        {
            _time.Advance(Limit);
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        Assert.False(watched.IsCompleted);
        answers = false;
        while (!watched.IsCompleted)
        {
            _time.Advance(Limit);
            await Task.Delay(1, TestContext.Current.CancellationToken);
        }

        Assert.Equal(new KafkaError(KafkaErrorCode.LocalBrokerUnavailable, "away"), (await Assert.ThrowsAsync<KafkaFailure>(() => watched)).Error);
    }

    [Fact]
    public async Task A_probe_that_meets_the_unexpected_says_so_without_its_words()
    {
        var reach = new Reachability(_ => throw new InvalidOperationException("secret"), Limit, "kafka:9092", _time);

        var error = await reach.CheckAsync();

        Assert.Equal(
            new KafkaError(KafkaErrorCode.LocalBrokerUnavailable, "No broker of the Kafka cluster (kafka:9092) could be asked (InvalidOperationException)."), error);
    }

    /// <summary>The timer fires first; before anybody has looked, the call ends too.</summary>
    private Task<int> Racing(Reachability reach, TaskCompletionSource<int> call, Action ends)
    {
        var before = SynchronizationContext.Current;
        var queue = new QueueingContext();
        SynchronizationContext.SetSynchronizationContext(queue);
        var watched = reach.WatchAsync(_ => call.Task, CancellationToken.None);
        SynchronizationContext.SetSynchronizationContext(before); // or what follows would be run on the spot
        _time.Advance(Limit);
        ends();
        while (!watched.IsCompleted)
        {
            queue.Run();
        }

        return watched;
    }

    private sealed class QueueingContext : SynchronizationContext
    {
        private readonly System.Collections.Concurrent.ConcurrentQueue<(SendOrPostCallback Callback, object? State)> _posted = new();

        public override void Post(SendOrPostCallback d, object? state) => _posted.Enqueue((d, state));

        public void Run()
        {
            while (_posted.TryDequeue(out var next))
            {
                next.Callback(next.State);
            }
        }
    }
}
