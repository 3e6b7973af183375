using System.Diagnostics.CodeAnalysis;
using Sluice.Kafka.Client.Wire.Messages;

namespace Sluice.Kafka.Client.Wire;

/// <summary>
/// Sends the requests that librdkafka lacks, or whose answers it shortens, to the right broker: finds controller and coordinators,
/// repeats what may be repeated while brokers change roles. As one principal.
/// </summary>
internal sealed class WireClient(WireSettings settings, TimeProvider time, Action heard) : IDisposable
{
    private const int MaxCandidates = 6;

    private static readonly TimeSpan Hedge = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Backoff = TimeSpan.FromMilliseconds(100);

    private readonly LinkPool _links = new(settings, time);
    private volatile Topology _topology = new(new Dictionary<int, Endpoint>(), -1);
    private volatile object? _lastGood; // a boxed Endpoint: the broker that answered last

    public TimeSpan RequestTimeout => settings.RequestTimeout;

    /// <summary>Kafka's own cluster id, once a broker has said it.</summary>
    public string? ClusterId { get; private set; }

    /// <exception cref="KafkaFailure">No answer, or none that this room understands.</exception>
    public async Task<TResponse> SendAsync<TResponse>(WireTarget target, WireRequest<TResponse> request, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(settings.RequestTimeout);
        KafkaError last = new(KafkaErrorCode.RequestTimedOut, $"The Kafka cluster did not answer {request.Api} within {settings.RequestTimeout.TotalSeconds:0} s.");
        try
        {
            while (true)
            {
                var (response, failure) = await TryAsync(target, request, limit.Token);
                if (failure.Code == KafkaErrorCode.None)
                {
                    return response!;
                }

                last = failure;
                await Task.Delay(Backoff, time, limit.Token);
                _topology = _topology with { ControllerId = -1 };
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new KafkaFailure(last);
        }
    }

    /// <summary>Brokers, controller and the given topics; null: all topics.</summary>
    public async Task<MetadataResponse> MetadataAsync(IReadOnlyList<string>? topics, bool authorizedOperations, CancellationToken cancellationToken)
    {
        var metadata = await SendAsync(WireTarget.Any, new MetadataRequest(topics, authorizedOperations), cancellationToken);
        Learn(metadata);
        return metadata;
    }

    /// <summary>Returns once any broker has answered.</summary>
    /// <exception cref="KafkaFailure">None did: why, broker by broker.</exception>
    public async Task PingAsync(CancellationToken cancellationToken)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var attempts = new List<Task>();
        if (_lastGood is Endpoint good)
        {
            var first = PingAsync(good, both.Token);
            attempts.Add(first);
            if (await Task.WhenAny(first, Task.Delay(Hedge, time, both.Token)) == first && first.IsCompletedSuccessfully)
            {
                return;
            }
        }

        attempts.AddRange(Candidates().Where(e => attempts.Count == 0 || !e.Equals(_lastGood)).Select(e => PingAsync(e, both.Token)));
        await FirstAsync(attempts, both, cancellationToken);
    }

    public void Dispose() => _links.Dispose();

    /// <summary>One attempt. The error is only returned, not thrown, when trying again may help.</summary>
    private async Task<(TResponse? Response, KafkaError Failure)> TryAsync<TResponse>(
        WireTarget target, WireRequest<TResponse> request, CancellationToken cancellationToken)
    {
        BrokerLink? link = null;
        try
        {
            link = await ConnectAsync(target, cancellationToken);
            var response = await link.SendAsync(request, cancellationToken);
            _lastGood = link.Endpoint;
            heard();
            var error = request.TopLevelError(response);
            return IsTransient(error) ? (response, new KafkaError(error, KafkaErrorTexts.Default(error))) : (response, default);
        }
        catch (IOException e)
        {
            var lost = new KafkaError(KafkaErrorCode.NetworkException, $"The connection to {link?.Endpoint} was lost before it answered {request.Api}.");
            return request.IsIdempotent ? (default, lost) : throw new KafkaFailure(
                lost with { Message = lost.Message + " It may or may not have been done." }, e);
        }
        catch (WireFormatException e)
        {
            throw new KafkaFailure(new KafkaError(KafkaErrorCode.UnknownServerError, $"The answer of {link?.Endpoint} to {request.Api} makes no sense: {e.Message}"), e);
        }
        catch (KafkaFailure e) when (e.Error.Code == KafkaErrorCode.LocalBrokerUnavailable || IsTransient(e.Error.Code))
        {
            return (default, e.Error);
        }
        finally
        {
            if (link is not null)
            {
                _links.Return(link);
            }
        }
    }

    private async ValueTask<BrokerLink> ConnectAsync(WireTarget target, CancellationToken cancellationToken)
    {
        switch (target.Kind)
        {
            case WireTargetKind.Broker:
                return await _links.RentAsync(await EndpointAsync(target.BrokerId, cancellationToken), cancellationToken);
            case WireTargetKind.Controller:
                if (_topology.ControllerId < 0)
                {
                    await RefreshAsync(cancellationToken);
                }

                return _topology.ControllerId < 0
                    ? throw new KafkaFailure(new KafkaError(KafkaErrorCode.NotController, "The Kafka cluster has no controller now."))
                    : await _links.RentAsync(await EndpointAsync(_topology.ControllerId, cancellationToken), cancellationToken);
            case WireTargetKind.Coordinator:
                var found = await FindCoordinatorAsync(target.Group!, cancellationToken);
                return await _links.RentAsync(await EndpointAsync(found, cancellationToken), cancellationToken);
            default:
                return await AnyAsync(cancellationToken);
        }
    }

    /// <exception cref="KafkaFailure">Refused, or no coordinator now.</exception>
    public async Task<int> FindCoordinatorAsync(string group, CancellationToken cancellationToken)
    {
        var found = await SendAsync(WireTarget.Any, new FindCoordinatorRequest(group), cancellationToken);
        return found.Error == KafkaErrorCode.None
            ? found.BrokerId
            : throw new KafkaFailure(KafkaErrorTexts.Of(found.Error, found.Message, group));
    }

    private async ValueTask<Endpoint> EndpointAsync(int brokerId, CancellationToken cancellationToken)
    {
        if (!_topology.Brokers.TryGetValue(brokerId, out var endpoint))
        {
            await RefreshAsync(cancellationToken);
            if (!_topology.Brokers.TryGetValue(brokerId, out endpoint))
            {
                throw new KafkaFailure(new KafkaError(KafkaErrorCode.BrokerNotAvailable, $"Broker {brokerId} is not part of the cluster, or is down."));
            }
        }

        return endpoint;
    }

    private Task<MetadataResponse> RefreshAsync(CancellationToken cancellationToken) => MetadataAsync([], false, cancellationToken);

    [SuppressMessage("Reliability", "CA2000", Justification = "The link goes to the caller.")]
    private async ValueTask<BrokerLink> AnyAsync(CancellationToken cancellationToken)
    {
        if (_lastGood is Endpoint good && _links.TryRentIdle(good, out var idle))
        {
            return idle;
        }

        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var attempts = Candidates().Select(endpoint => _links.RentAsync(endpoint, both.Token).AsTask()).ToList();
        var first = (Task<BrokerLink>)await FirstAsync(attempts.ConvertAll(Task (t) => t), both, cancellationToken);
        foreach (var late in attempts.Where(t => t != first))
        {
            _ = KeepAsync(late);
        }

        return await first;
    }

    /// <summary>A connection that came too late is there for the next request.</summary>
    private async Task KeepAsync(Task<BrokerLink> late)
    {
        try
        {
            _links.Return(await late);
        }
        catch (Exception e) when (e is KafkaFailure or OperationCanceledException)
        {
            // Nothing to keep.
        }
    }

    /// <summary>The first attempt that succeeds; cancels the others.</summary>
    private static async Task<Task> FirstAsync(List<Task> attempts, CancellationTokenSource all, CancellationToken cancellationToken)
    {
        var open = attempts.ToHashSet();
        var failures = new List<KafkaError>();
        while (open.Count > 0)
        {
            var done = await Task.WhenAny(open);
            open.Remove(done);
            try
            {
                await done;
                await all.CancelAsync();
                return done;
            }
            catch (KafkaFailure e)
            {
                failures.Add(e.Error);
            }
            catch (OperationCanceledException)
            {
            }
        }

        cancellationToken.ThrowIfCancellationRequested();
        var decisive = failures.Find(f => f.Code != KafkaErrorCode.LocalBrokerUnavailable);
        throw new KafkaFailure(decisive.Code != KafkaErrorCode.None
            ? decisive
            : new KafkaError(
                KafkaErrorCode.LocalBrokerUnavailable,
                $"No broker of the Kafka cluster can be reached: {string.Join(", ", failures.Select(f => f.Message).Distinct(StringComparer.Ordinal))}."));
    }

    private async Task PingAsync(Endpoint endpoint, CancellationToken cancellationToken)
    {
        var link = await _links.RentAsync(endpoint, cancellationToken);
        try
        {
            await link.SendAsync(new ApiVersionsRequest(), cancellationToken);
            _lastGood = endpoint;
            heard();
        }
        catch (Exception e) when (e is IOException or WireFormatException)
        {
            throw new KafkaFailure(new KafkaError(KafkaErrorCode.LocalBrokerUnavailable, $"{endpoint} (connection lost)"), e);
        }
        finally
        {
            _links.Return(link);
        }
    }

    private IEnumerable<Endpoint> Candidates()
    {
        var known = _topology.Brokers.Values.Concat(settings.Bootstrap).Distinct().ToArray();
        if (known.Length > MaxCandidates)
        {
            Random.Shared.Shuffle(known);
        }

        return known.Take(MaxCandidates);
    }

    private void Learn(MetadataResponse metadata)
    {
        ClusterId ??= metadata.ClusterId;
        _topology = new Topology(metadata.Brokers.ToDictionary(b => b.Id, b => new Endpoint(b.Host, b.Port)), metadata.ControllerId);
    }

    private static bool IsTransient(KafkaErrorCode code) => code
        is KafkaErrorCode.NotController or KafkaErrorCode.NotCoordinator
        or KafkaErrorCode.CoordinatorLoadInProgress or KafkaErrorCode.CoordinatorNotAvailable;

    private sealed record Topology(IReadOnlyDictionary<int, Endpoint> Brokers, int ControllerId);
}
