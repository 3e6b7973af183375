using System.Collections.Frozen;
using Microsoft.Extensions.Logging;
using Sluice.Kafka.Acls;
using Sluice.Kafka.Client.Clients;

namespace Sluice.Kafka.Client.Cluster;

/// <summary>
/// Keeps the ACLs of a real cluster at hand: reads them when first asked, and from then on again and again. While the cluster cannot be asked, what was read last
/// holds; when it refuses to tell, nothing does.
/// </summary>
/// <param name="cluster">As the gateway itself sees it.</param>
/// <param name="refresh">How often.</param>
/// <param name="time">Clock.</param>
/// <param name="log">Log.</param>
internal sealed class AclFollower(ICluster cluster, TimeSpan refresh, TimeProvider time, ILogger log) : IAclFeed, IAsyncDisposable
{
    private static readonly AclFilter All =
        new(AclResourceType.Any, null, AclPatternType.Any, null, null, AclOperation.Any, AclPermission.Any);

    // How long a change through this gateway is waited for, until a broker shows it: KRaft brokers follow within milliseconds.
    private static readonly TimeSpan SettlePause = TimeSpan.FromMilliseconds(25);
    private const int SettleTries = 40;

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private volatile FrozenSet<AclBinding>? _current;
    private Task<KafkaError>? _reading;
    private Task? _following;
    private KafkaErrorCode _told;

    public IReadOnlyCollection<AclBinding>? Current => _current;

    public async ValueTask<KafkaError> ReadyAsync(CancellationToken cancellationToken) =>
        _current is not null ? default : await ReadAsync().WaitAsync(cancellationToken);

    public async ValueTask SettleAsync(Predicate<IReadOnlyCollection<AclBinding>> shows, CancellationToken cancellationToken)
    {
        for (var i = 0; i < SettleTries; i++)
        {
            // A reading that is under way may have been asked before the change.
            await ReadAsync().WaitAsync(cancellationToken);
            if (_current is not { } now || shows(now))
            {
                return;
            }

            await Task.Delay(SettlePause, time, cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
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

    private async Task<KafkaError> ReadOnceAsync()
    {
        var result = await cluster.DescribeAclsAsync(All, _stop.Token);
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

    private KafkaError Tell(KafkaError error)
    {
        if (error.Code != _told && error.Code != KafkaErrorCode.None)
        {
            Log.AclsUnread(log, error.Message);
        }

        _told = error.Code;
        return error;
    }

    private async Task FollowAsync()
    {
        try
        {
            while (true)
            {
                await Task.Delay(refresh, time, _stop.Token);
                await ReadAsync().WaitAsync(_stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // closing
        }
    }
}
