using System.Buffers.Binary;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using Sluice.Kafka.Client.Wire.Messages;

namespace Sluice.Kafka.Client.Wire;

/// <summary>One authenticated connection to one broker, used by one request at a time.</summary>
internal sealed class BrokerLink : IDisposable
{
    /// <summary>An answer larger than this is taken for garbage.</summary>
    private const int MaxFrameBytes = 256 * 1024 * 1024;

    private const short UnsupportedVersion = 35;

    private readonly Socket _socket;
    private readonly string _clientId;
    private readonly TimeProvider _time;
    private readonly byte[] _header = new byte[4];
    private Stream _stream;
    private Dictionary<short, ApiRange> _versions = [];
    private int _correlation;
    private DateTimeOffset _retireAt = DateTimeOffset.MaxValue;

    private BrokerLink(Socket socket, Endpoint endpoint, string clientId, TimeProvider time)
    {
        _socket = socket;
        _stream = new NetworkStream(socket, ownsSocket: true);
        _clientId = clientId;
        _time = time;
        Endpoint = endpoint;
    }

    public Endpoint Endpoint { get; }

    /// <summary>False once a request was interrupted: the next answer on the stream would not be ours.</summary>
    public bool IsClean { get; private set; } = true;

    /// <summary>False when the broker has closed it, or will soon since its SASL session ends.</summary>
    public bool IsUsable => IsClean && _time.GetUtcNow() < _retireAt && !(_socket.Poll(0, SelectMode.SelectRead) && _socket.Available == 0);

    /// <summary>Connects: TCP, TLS, ApiVersions, SASL.</summary>
    /// <exception cref="KafkaFailure">Says at which step and why.</exception>
    public static async Task<BrokerLink> OpenAsync(Endpoint endpoint, WireSettings settings, TimeProvider time, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        BrokerLink? link = null;
        try
        {
            await socket.ConnectAsync(endpoint.Host, endpoint.Port, cancellationToken);
            link = new BrokerLink(socket, endpoint, settings.ClientId, time);
            if (settings.Tls is not null)
            {
                var tls = new SslStream(link._stream);
                link._stream = tls;
                await tls.AuthenticateAsClientAsync(settings.Tls.For(endpoint.Host), cancellationToken);
            }

            await link.NegotiateAsync(cancellationToken);
            if (settings.NewSasl() is { } sasl)
            {
                await link.AuthenticateAsync(sasl, cancellationToken);
            }

            return link;
        }
        catch (Exception e)
        {
            if (link is null)
            {
                socket.Dispose();
            }
            else
            {
                link.Dispose();
            }

            throw e switch
            {
                SocketException s => Unavailable($"{endpoint} ({Reason(s)})", s),
                AuthenticationException a => Unavailable($"{endpoint} (TLS handshake failed: {a.Message})", a),
                IOException i => Unavailable($"{endpoint} (connection closed while connecting{Hint(settings)})", i),
                WireFormatException w => Unavailable($"{endpoint} (not a Kafka broker: {w.Message})", w),
                _ => e,
            };
        }
    }

    /// <exception cref="IOException">The connection broke.</exception>
    /// <exception cref="KafkaFailure">The broker does not know the request.</exception>
    public async Task<TResponse> SendAsync<TResponse>(WireRequest<TResponse> request, CancellationToken cancellationToken)
    {
        if (!_versions.TryGetValue((short)request.Api, out var range) || range.Max < request.Min || range.Min > request.Max)
        {
            throw new KafkaFailure(new KafkaError(
                KafkaErrorCode.UnsupportedVersion, $"The broker at {Endpoint} does not support {request.Api} in a version that this gateway speaks."));
        }

        return await ExchangeAsync(request, Math.Min(range.Max, request.Max), cancellationToken);
    }

    public void Dispose()
    {
        _stream.Dispose();
        _socket.Dispose();
    }

    private async Task NegotiateAsync(CancellationToken cancellationToken)
    {
        var request = new ApiVersionsRequest();
        var response = await ExchangeAsync(request, request.Max, cancellationToken);
        if ((short)response.Error == UnsupportedVersion)
        {
            response = await ExchangeAsync(request, request.Min, cancellationToken);
        }

        if (response.Error != KafkaErrorCode.None)
        {
            throw new WireFormatException($"ApiVersions answered error {(short)response.Error}");
        }

        _versions = response.Ranges.ToDictionary(r => r.Key);
    }

    private async Task AuthenticateAsync(Security.ISaslMechanism sasl, CancellationToken cancellationToken)
    {
        var handshake = await SendAsync(new SaslHandshakeRequest(sasl.Name), cancellationToken);
        if (handshake.Error != KafkaErrorCode.None)
        {
            throw Refused($"the broker does not offer {sasl.Name}, only {string.Join(", ", handshake.Mechanisms)}");
        }

        var message = await sasl.StartAsync(cancellationToken);
        while (message is not null)
        {
            SaslAuthenticateResponse answer;
            try
            {
                answer = await SendAsync(new SaslAuthenticateRequest(message), cancellationToken);
            }
            catch (IOException)
            {
                throw Refused("the broker closed the connection"); // as brokers do when they refuse, before KIP-152
            }

            if (answer.Error != KafkaErrorCode.None)
            {
                throw Refused(string.IsNullOrEmpty(answer.Message) ? $"{sasl.Name} was refused" : answer.Message);
            }

            if (answer.SessionLifetimeMs > 0)
            {
                _retireAt = _time.GetUtcNow().AddMilliseconds(answer.SessionLifetimeMs * 0.8);
            }

            message = sasl.Next(answer.Bytes);
        }

        KafkaFailure Refused(string why) => new(new KafkaError(
            KafkaErrorCode.SaslAuthenticationFailed, $"Authentication with the Kafka cluster failed at {Endpoint}: {why.TrimEnd('.')}."));
    }

    private async Task<TResponse> ExchangeAsync<TResponse>(WireRequest<TResponse> request, short version, CancellationToken cancellationToken)
    {
        IsClean = false;
        var correlation = ++_correlation;
        var flexible = request.IsFlexible(version);
        var writer = new WireWriter(flexible);
        writer.Int32(0).Int16((short)request.Api).Int16(version).Int32(correlation).OldString(_clientId).End();
        request.Write(writer, version);
        var frame = writer.Written;
        BinaryPrimitives.WriteInt32BigEndian(System.Runtime.InteropServices.MemoryMarshal.AsMemory(frame).Span, frame.Length - 4);
        await _stream.WriteAsync(frame, cancellationToken);

        await _stream.ReadExactlyAsync(_header, cancellationToken);
        var length = BinaryPrimitives.ReadInt32BigEndian(_header);
        if (length is < 4 or > MaxFrameBytes)
        {
            throw new WireFormatException($"a frame of {length} bytes");
        }

        var answer = new byte[length];
        await _stream.ReadExactlyAsync(answer, cancellationToken);
        if (BinaryPrimitives.ReadInt32BigEndian(answer) != correlation)
        {
            throw new WireFormatException("an answer to another request");
        }

        // ApiVersions keeps the old response header in every version, so that a client can read it before anything is agreed.
        var body = new WireReader(answer.AsMemory(4), flexible);
        if (request.Api != ApiKey.ApiVersions)
        {
            body.End();
        }

        var response = request.Api == ApiKey.ApiVersions && IsVersionRefusal(answer)
            ? request.Read(new WireReader(answer.AsMemory(4), flexible: false), 0)
            : request.Read(body, version);
        IsClean = true;
        return response;
    }

    /// <summary>A broker that does not know our ApiVersions version answers in version 0.</summary>
    private static bool IsVersionRefusal(byte[] answer) => answer.Length >= 6 && BinaryPrimitives.ReadInt16BigEndian(answer.AsSpan(4)) == UnsupportedVersion;

    private static KafkaFailure Unavailable(string what, Exception inner) =>
        new(new KafkaError(KafkaErrorCode.LocalBrokerUnavailable, what), inner);

    private static string Reason(SocketException e) => e.SocketErrorCode switch
    {
        SocketError.ConnectionRefused => "connection refused",
        SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => "unknown host",
        SocketError.TimedOut => "connection timed out",
        SocketError.NetworkUnreachable or SocketError.HostUnreachable => "no route to host",
        _ => e.SocketErrorCode.ToString(),
    };

    private static string Hint(WireSettings settings) =>
        settings.Tls is null ? "; does this listener want TLS?" : "; does this listener speak TLS?";
}
