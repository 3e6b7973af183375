using Microsoft.Extensions.Logging;
using Sluice.Kafka.Client.Producing;
using Sluice.Kafka.Client.Reading;
using Sluice.Kafka.Client.Wire;
using Sluice.Kafka.Client.Wire.Security;
using Ck = Confluent.Kafka;

namespace Sluice.Kafka.Client.Clients;

/// <summary>Everything that is connected as one principal. Made when first asked for; librdkafka's parts only when they are needed.</summary>
internal sealed class PrincipalClients : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly ClientSettings _settings;
    private readonly KafkaClusterOptions _options;
    private readonly IBearerTokens? _tokens;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly BrokerReminder _reminder;
    private Ck.IProducer<byte[], byte[]>? _handle;
    private Ck.IAdminClient? _admin;
    private RecordProducer? _producer;
    private RecordReader? _reader;
    private bool _disposed;

    public PrincipalClients(ClientSettings settings, KafkaClusterOptions options, IBearerTokens? tokens, TimeProvider time, ILogger log)
    {
        _settings = settings;
        _options = options;
        _tokens = tokens;
        _time = time;
        _log = log;
        Reach = new Reachability(ct => Wire!.PingAsync(ct), options.UnavailableAfter, settings.Bootstrap, time);
        _reminder = new BrokerReminder(settings.Bootstrap, time);
        Reach.Slow = Remind;
        Wire = new WireClient(new WireSettings(settings.Wire, tokens), time, Reach.Heard);
        if (tokens is CallerTokens caller)
        {
            caller.Renewed = Renew;
        }
    }

    public WireClient Wire { get; }

    public Reachability Reach { get; }

    public IBearerTokens? Tokens => _tokens;

    public TimeSpan RequestTimeout => _options.RequestTimeout;

    public Ck.IAdminClient Admin
    {
        get
        {
            lock (_gate)
            {
                return _admin ??= new Ck.DependentAdminClientBuilder(Handle().Handle).Build();
            }
        }
    }

    /// <summary>HOT.</summary>
    public RecordProducer Producer => _producer ?? MakeProducer();

    public RecordReader Reader
    {
        get
        {
            lock (_gate)
            {
                ObjectDisposedException.ThrowIf(_disposed, this);
                return _reader ??= new RecordReader(NewConsumer, Wire, Reach, _time);
            }
        }
    }

    /// <summary>A topic was made, changed or deleted: what is remembered of it is no longer true.</summary>
    public void ForgetTopic(string topic) => _producer?.ForgetTopic(topic);

    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
        }

        if (_tokens is CallerTokens caller)
        {
            caller.Renewed = null;
        }

        // librdkafka's own disposal blocks: on a thread of its own, after what is under way has been acknowledged.
        await Task.Factory.StartNew(
            () =>
            {
                _producer?.Drain(_options.DeliveryTimeout < TimeSpan.FromSeconds(10) ? _options.DeliveryTimeout : TimeSpan.FromSeconds(10));
                _reader?.Dispose();
                _admin?.Dispose();
                _handle?.Dispose();
                _producer?.Close();
                _producer?.Abandon();
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
        _producer?.Dispose();
        Wire.Dispose();
        (_tokens as IDisposable)?.Dispose();
    }

    private RecordProducer MakeProducer()
    {
        lock (_gate)
        {
            return _producer ??= new RecordProducer(Build, Wire, Reach, new BrokerReminder(_settings.Bootstrap, _time), _time);
        }
    }

    private Ck.IProducer<byte[], byte[]> Handle()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return _handle ??= Build();
    }

    private Ck.IProducer<byte[], byte[]> Build()
    {
        var builder = new Ck.ProducerBuilder<byte[], byte[]>(_settings.Producer())
            .SetLogHandler((_, line) => Log.Library(_log, line))
            .SetErrorHandler(OnError);
        if (_tokens is not null && !_settings.UsesOidc)
        {
            builder.SetOAuthBearerTokenRefreshHandler((client, _) => SetToken(client));
        }

        return builder.Build();
    }

    private void OnError(Ck.IClient client, Ck.Error error)
    {
        Reach.LibraryError = error.Reason;
        if (error.IsFatal)
        {
            _producer?.OnFatal(client, error.Code);
        }
    }

    private Ck.IConsumer<byte[], byte[]> NewConsumer()
    {
        var builder = new Ck.ConsumerBuilder<byte[], byte[]>(_settings.Consumer())
            .SetLogHandler((_, line) => Log.Library(_log, line))
            .SetErrorHandler((_, error) => Reach.LibraryError = error.Reason);
        if (_tokens is not null && !_settings.UsesOidc)
        {
            builder.SetOAuthBearerTokenRefreshHandler((client, _) => SetToken(client));
        }

        return builder.Build();
    }

    /// <summary>Called by librdkafka's event thread, at first and when four fifths of the token's life are over.</summary>
    private void SetToken(Ck.IClient client)
    {
        try
        {
            var token = _tokens!.GetAsync(CancellationToken.None);
            Set(client, token.IsCompletedSuccessfully ? token.Result : token.AsTask().GetAwaiter().GetResult());
        }
        catch (Exception e) when (e is KafkaFailure or Ck.KafkaException or ArgumentException)
        {
            Ck.ClientExtensions.OAuthBearerSetTokenFailure(client, e.Message);
        }
    }

    private static void Set(Ck.IClient client, BearerToken token) =>
        Ck.ClientExtensions.OAuthBearerSetToken(client, token.Value, token.Expires.ToUnixTimeMilliseconds(), token.Principal);

    private void Remind()
    {
        lock (_gate)
        {
            if (_disposed)
            {
                return;
            }

            List<Ck.IClient> clients = _handle is null ? [] : [_handle];
            _reader?.ForEachConsumer(clients.Add);
            _reminder.Remind(clients);
        }
    }

    private void Renew(BearerToken token)
    {
        try
        {
            lock (_gate)
            {
                if (_handle is not null && !_disposed)
                {
                    Set(_handle, token);
                }

                _producer?.Renew(client => Set(client, token));

                _reader?.ForEachConsumer(consumer => Set(consumer, token));
            }
        }
        catch (Ck.KafkaException e)
        {
            Log.TokenRefused(_log, e.Error.Reason);
        }
    }
}
