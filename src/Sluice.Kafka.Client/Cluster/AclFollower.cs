using System.Collections.Frozen;
using Microsoft.Extensions.Logging;
using Sluice.Kafka.Acls;
using Sluice.Kafka.Client.Clients;

namespace Sluice.Kafka.Client.Cluster;

/// <summary>
/// Keeps the ACLs of a real cluster at hand: reads them when first asked, and from then on again and again. While the cluster cannot be asked, what was read last
/// holds; when it refuses to tell, nothing does.
/// </summary>
internal sealed class AclFollower : IAclFeed, IAsyncDisposable
{
    private static readonly AclFilter All =
        new(AclResourceType.Any, null, AclPatternType.Any, null, null, AclOperation.Any, AclPermission.Any);

    // How long a change through this gateway is waited for, until a broker shows it: KRaft brokers follow within milliseconds, busy ones within a second or two.
    private static readonly TimeSpan SettlePause = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan SettleLimit = TimeSpan.FromSeconds(5);

    private readonly ICluster _cluster;
    private readonly TimeSpan _refresh;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationToken _stopping; // can be asked when its source is gone
    private volatile FrozenSet<AclBinding>? _current;
    private Task<KafkaError>? _reading;
    private Task? _following;
    private KafkaErrorCode _told;

    /// <param name="cluster">As the gateway itself sees it.</param>
    /// <param name="refresh">How often.</param>
    /// <param name="time">Clock.</param>
    /// <param name="log">Log.</param>
    public AclFollower(ICluster cluster, TimeSpan refresh, TimeProvider time, ILogger log)
    {
        (_cluster, _refresh, _time, _log) = (cluster, refresh, time, log);
        _stopping = _stop.Token;
    }

    public IReadOnlyCollection<AclBinding>? Current => _current;

    public async ValueTask<KafkaError> ReadyAsync(CancellationToken cancellationToken) =>
        _current is not null ? default : await ReadAsync().WaitAsync(cancellationToken);

    public async ValueTask SettleAsync(Predicate<IReadOnlyCollection<AclBinding>> shows, CancellationToken cancellationToken)
    {
        var started = _time.GetTimestamp();

        // A reading that is under way was asked before the change: only what is asked from now on counts.
        await UnderWay().WaitAsync(cancellationToken);
        while (true)
        {
            var error = await ReadAsync().WaitAsync(cancellationToken);
            if (error.Code != KafkaErrorCode.None || _current is not { } now || shows(now) || _time.GetElapsedTime(started) >= SettleLimit)
            {
                return;
            }

            await Task.Delay(SettlePause, _time, cancellationToken);
        }
    }

    /// <remarks>Does not wait for a reading that is under way: that ends by itself, and cannot fail.</remarks>
    public async ValueTask DisposeAsync()
    {
        if (_stopping.IsCancellationRequested)
        {
            return;
        }

        await _stop.CancelAsync();
        Task? following;
        lock (_gate)
        {
            following = _following;
        }

        if (following is not null)
        {
            await following;
        }

        _stop.Dispose();
    }

    private Task UnderWay()
    {
        lock (_gate)
        {
            return _reading ?? Task.CompletedTask;
        }
    }

    /// <summary>Reads them once; whoever asks meanwhile waits for the same reading.</summary>
    private Task<KafkaError> ReadAsync()
    {
        lock (_gate)
        {
            if (_reading is null or { IsCompleted: true })
            {
                _reading = Task.Run(ReadOnceAsync);
            }

            _following ??= Task.Run(FollowAsync);
            return _reading;
        }
    }

    /// <summary>Never throws: those who wait may have gone, and following must go on.</summary>
    private async Task<KafkaError> ReadOnceAsync()
    {
        try
        {
            return Understand(await _cluster.DescribeAclsAsync(All, _stopping));
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            return new KafkaError(KafkaErrorCode.LocalBrokerUnavailable, "The connection to the Kafka cluster is being closed.");
        }
#pragma warning disable CA1031 // Whatever it is: the ACLs are not known by it.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return Tell(new KafkaError(KafkaErrorCode.LocalBrokerUnavailable, $"The Kafka cluster could not be asked for its ACLs ({e.GetType().Name})."), e);
        }
    }

    private KafkaError Understand(KafkaResult<IReadOnlyList<AclBinding>> result)
    {
        if (result.TryGet(out var acls, out var error))
        {
            Take(acls);
            return Tell(default);
        }

        switch (error.Code)
        {
            case KafkaErrorCode.SecurityDisabled:
                Take([]);
                return Tell(default);

            case KafkaErrorCode.ClusterAuthorizationFailed:
                _current = null;
                return Tell(new KafkaError(
                    error.Code,
                    "Nothing is allowed here: the gateway cannot read this cluster's ACLs, which may deny what it would allow. Its own principal needs DESCRIBE on the CLUSTER; or set ReadAcls to false, if role bindings alone are to decide."));

            default:
                return Tell(error);
        }
    }

    private void Take(IReadOnlyList<AclBinding> acls)
    {
        // The same ones stay the same object: what was made of them stays good.
        if (_current is not { } before || before.Count != acls.Count || !acls.All(before.Contains))
        {
            _current = acls.ToFrozenSet();
        }
    }

    /// <summary>Logs what is new: not the same every two seconds.</summary>
    private KafkaError Tell(KafkaError error, Exception? cause = null)
    {
        if (error.Code != _told)
        {
            _told = error.Code;
            if (error.Code == KafkaErrorCode.None)
            {
                Log.AclsReadAgain(_log);
            }
            else
            {
                Log.AclsUnread(_log, error.Message, cause);
            }
        }

        return error;
    }

    private async Task FollowAsync()
    {
        try
        {
            while (true)
            {
                await Task.Delay(_refresh, _time, _stopping);
                await ReadAsync().WaitAsync(_stopping);
            }
        }
        catch (OperationCanceledException)
        {
            // closing
        }
    }
}
