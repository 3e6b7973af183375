using Sluice.Kafka.Client.Wire;

namespace Sluice.Kafka.Client.Clients;

/// <summary>
/// Knows whether the cluster answers this principal, so that no call waits long for one that does not.
/// A call that finds no recent sign of life asks for one first; one that takes long asks while it waits.
/// </summary>
/// <param name="ping">Returns once a broker has answered; throws <see cref="KafkaFailure"/>.</param>
/// <param name="unavailableAfter">Within this a call must be answered when the cluster does not.</param>
/// <param name="bootstrap">For messages.</param>
/// <param name="time">Clock.</param>
internal sealed class Reachability(Func<CancellationToken, Task> ping, TimeSpan unavailableAfter, string bootstrap, TimeProvider time)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan KeepAnswer = TimeSpan.FromMilliseconds(250);

    private readonly Lock _gate = new();
    private readonly TimeSpan _patience = unavailableAfter * 0.3;
    private readonly TimeSpan _pingLimit = unavailableAfter * 0.55;
    private Task<KafkaError>? _probe;
    private long _heard = long.MinValue;
    private long _failed = long.MinValue;
    private KafkaError _failure;

    /// <summary>Called when a call takes long although a broker answers.</summary>
    public Action? Slow { get; set; }

    /// <summary>What librdkafka reported last, for messages.</summary>
    public string? LibraryError { get; set; }

    /// <summary>True when a broker has answered within the last second.</summary>
    public bool IsFresh => Volatile.Read(ref _heard) is var heard && heard != long.MinValue && time.GetElapsedTime(heard) < Fresh;

    /// <summary>HOT: a broker has answered just now.</summary>
    public void Heard() => Volatile.Write(ref _heard, time.GetTimestamp());

    /// <summary>None when the cluster answers; otherwise why not.</summary>
    public ValueTask<KafkaError> CheckAsync() => IsFresh ? default : new(ProbeAsync());

    /// <summary>Runs a call; gives up on it when the cluster no longer answers.</summary>
    /// <exception cref="KafkaFailure">The cluster is unavailable, or what the call threw.</exception>
    public async Task<T> WatchAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        Require(await CheckAsync().AsTask().WaitAsync(cancellationToken));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = call(stop.Token);
        while (true)
        {
            try
            {
                return await running.WaitAsync(_patience, time, cancellationToken);
            }
            catch (TimeoutException)
            {
                if (running.IsCompleted)
                {
                    return await running; // it was answered between the timer and here, or the exception is its own
                }

                var error = await ProbeAsync();
                if (error.Code != KafkaErrorCode.None)
                {
                    await stop.CancelAsync();
                    Abandon(running);
                    throw new KafkaFailure(error);
                }

                Slow?.Invoke();
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                Abandon(running);
                throw;
            }
        }
    }

    /// <summary>Nobody waits for it any more: how it ends is nobody's news.</summary>
    private static void Abandon(Task running) =>
        _ = running.ContinueWith(static t => t.Exception, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);

    private static void Require(KafkaError error)
    {
        if (error.Code != KafkaErrorCode.None)
        {
            throw new KafkaFailure(error);
        }
    }

    /// <summary>One probe at a time, shared by all who wait.</summary>
    private Task<KafkaError> ProbeAsync()
    {
        lock (_gate)
        {
            if (_probe is { IsCompleted: false })
            {
                return _probe;
            }

            if (_failed != long.MinValue && _heard < _failed && time.GetElapsedTime(_failed) < KeepAnswer)
            {
                return Task.FromResult(_failure);
            }

            return _probe = Task.Run(RunProbeAsync);
        }
    }

    private async Task<KafkaError> RunProbeAsync()
    {
        using var limit = new CancellationTokenSource(_pingLimit, time);
        try
        {
            await ping(limit.Token);
            Heard();
            return default;
        }
        catch (OperationCanceledException)
        {
            return Failed(new KafkaError(
                KafkaErrorCode.LocalBrokerUnavailable, $"No broker of the Kafka cluster ({bootstrap}) answered within {_pingLimit.TotalSeconds:0.#} s.{Library}"));
        }
        catch (KafkaFailure e)
        {
            return Failed(e.Error.Code == KafkaErrorCode.LocalBrokerUnavailable ? e.Error with { Message = e.Error.Message + Library } : e.Error);
        }
#pragma warning disable CA1031 // Whatever a probe meets is no answer: a topic's pump that waits for it must not end, or its records wait for ever.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return Failed(new KafkaError(KafkaErrorCode.LocalBrokerUnavailable, $"No broker of the Kafka cluster ({bootstrap}) could be asked ({e.GetType().Name}).{Library}"));
        }
    }

    private string Library => LibraryError is { } text ? $" The Kafka client's last error: {text}" : "";

    private KafkaError Failed(KafkaError error)
    {
        lock (_gate)
        {
            _failed = time.GetTimestamp();
            return _failure = error;
        }
    }
}
