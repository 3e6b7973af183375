using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Sluice.Kafka.Acls;
using Sluice.Kafka.Client.Clients;
using Sluice.Kafka.Client.Cluster;
using Sluice.Kafka.Client.Wire;
using Sluice.Kafka.Client.Wire.Security;

namespace Sluice.Kafka.Client;

/// <summary>A real Kafka cluster. Making one connects to nothing yet and does not fail because the cluster is away.</summary>
public sealed class KafkaClusterConnection : IClusterConnection
{
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(1);

    private readonly KafkaClusterOptions _options;
    private readonly ClientSettings _settings;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly ClientPool _pool;
    private readonly PrincipalClients? _own;
    private readonly ICluster? _shared;
    private readonly AclFollower? _acls;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _introduction;
    private volatile string? _kafkaId;

    /// <exception cref="ArgumentException">The settings make no sense: see <see cref="KafkaClusterOptions.Validate"/>.</exception>
    public KafkaClusterConnection(KafkaClusterOptions options, ILogger<KafkaClusterConnection>? logger = null, TimeProvider? time = null)
    {
        var problems = options.Validate();
        if (problems.Count > 0)
        {
            throw new ArgumentException(string.Join(" ", problems), nameof(options));
        }

        _options = options;
        _settings = new ClientSettings(options);
        _time = time ?? TimeProvider.System;
        _log = (ILogger?)logger ?? NullLogger.Instance;
        _pool = new ClientPool(options.MaxClients, options.ClientIdleTimeout, _time, _log);
        _own = options.BrokerIdentity switch
        {
            BrokerIdentity.Gateway => new PrincipalClients(_settings, options, _settings.UsesOidc ? new OidcTokens(_settings.Wire, _time) : null, _time, _log),
            BrokerIdentity.Minted => new PrincipalClients(_settings, options, new MintedTokens(options.TokenMinter!, options.GatewayPrincipal), _time, _log),
            _ => null, // passing tokens through, the gateway is nobody itself
        };
        _shared = options.BrokerIdentity == BrokerIdentity.Gateway ? new RealCluster(new OwnLease(_own!), this) : null;
        _acls = _shared is null || !options.ReadAcls ? null : new AclFollower(_shared, options.AclRefresh, _time, _log);
        _introduction = _own is null ? Task.CompletedTask : Task.Run(IntroduceAsync);
    }

    /// <inheritdoc />
    public string? ClusterId => _options.ClusterId ?? _kafkaId;

    internal TimeProvider Time => _time;

    /// <summary>Principals that have connections now.</summary>
    public int ClientCount => _pool.Count;

    /// <summary>Principals whose connections are being closed.</summary>
    public int ClosingClientCount => _pool.ClosingCount;

    /// <inheritdoc />
    public bool PassesTokens => _options.BrokerIdentity == BrokerIdentity.Passthrough;

    /// <inheritdoc />
    public IAclFeed? Acls => _shared is null ? null : (IAclFeed?)_acls ?? NoAcls.Instance;

    /// <inheritdoc />
    public ICluster For(ClusterCaller caller)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return _shared ?? new RealCluster(new PooledLease(this, caller), this);
    }

    /// <inheritdoc />
    public async ValueTask<KafkaError> CheckAsync(CancellationToken cancellationToken) =>
        _own is null ? default : await _own.Reach.CheckAsync().AsTask().WaitAsync(cancellationToken);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _introduction;
        if (_acls is not null)
        {
            await _acls.DisposeAsync();
        }

        await _pool.DisposeAsync();
        if (_own is not null)
        {
            await _own.DisposeAsync();
        }

        _stop.Dispose();
    }

    internal void Learn(string? kafkaId)
    {
        if (_kafkaId is null && kafkaId is not null)
        {
            _kafkaId = kafkaId;
            Log.Connected(_log, kafkaId, _settings.Bootstrap);
        }
    }

    /// <summary>Every principal's producer must ask again.</summary>
    internal void ForgetTopic(string topic)
    {
        _own?.ForgetTopic(topic);
        _pool.ForEach(clients => clients.ForgetTopic(topic));
    }

    internal bool TryLease(ClusterCaller caller, out ClientPool.Lease lease)
    {
        var minted = _options.BrokerIdentity == BrokerIdentity.Minted;
        var key = minted ? caller.Principal : PassthroughIdentity.KeyOf(caller);
        if (!_pool.TryLease(key, () => NewClients(caller), out lease))
        {
            return false;
        }

        (lease.Clients.Tokens as CallerTokens)?.Offer(caller);
        return true;
    }

    internal int MaxClients => _options.MaxClients;

    [SuppressMessage("Reliability", "CA2000", Justification = "The pool owns them.")]
    private PrincipalClients NewClients(ClusterCaller caller)
    {
        IBearerTokens tokens = _options.BrokerIdentity == BrokerIdentity.Minted
            ? new MintedTokens(_options.TokenMinter!, caller.Principal)
            : new CallerTokens(caller.Principal, _time);
        return new PrincipalClients(_settings, _options, tokens, _time, _log);
    }

    /// <summary>Asks for the cluster's id until it is known.</summary>
    private async Task IntroduceAsync()
    {
        var told = false;
        while (!_stop.IsCancellationRequested && _kafkaId is null)
        {
            try
            {
                var metadata = await _own!.Reach.WatchAsync(ct => _own.Wire.MetadataAsync([], false, ct), _stop.Token);
                Learn(metadata.ClusterId);
                return;
            }
            catch (KafkaFailure e)
            {
                if (!told)
                {
                    told = true;
                    Log.NotYet(_log, _settings.Bootstrap, e.Error.Message);
                }
            }
            catch (OperationCanceledException)
            {
                return;
            }

            await Task.Delay(AskAgain, _time, _stop.Token).ContinueWith(
                static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }
}
