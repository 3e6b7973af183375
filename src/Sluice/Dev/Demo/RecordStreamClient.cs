using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Sluice.Dev.Demo;

/// <summary>
/// A produce stream over HTTP/1.1 that sends records and reads reports at the same time, which <see cref="HttpClient"/> does not do
/// before HTTP/2: one chunked request, one chunked response.
/// </summary>
internal sealed class RecordStreamClient : IAsyncDisposable
{
    private readonly TcpClient _connection;
    private readonly Stream _stream;
    private readonly PipeReader _response;

    // Its own and never pooled: a send may still be writing when the reading side finds the connection broken and disposes.
    private readonly ArrayBufferWriter<byte> _request = new();

    private RecordStreamClient(TcpClient connection, Stream stream)
    {
        _connection = connection;
        _stream = stream;
        _response = PipeReader.Create(_stream, new StreamPipeReaderOptions(leaveOpen: true));
    }

    /// <summary>Opens the stream. <paramref name="headers"/> are whole lines without line ends; <paramref name="trust"/> is for https.</summary>
    public static async Task<RecordStreamClient> OpenAsync(
        Uri records, IEnumerable<string> headers, CancellationToken cancellationToken, X509ChainPolicy? trust = null)
    {
        var connection = new TcpClient { NoDelay = true };
        await connection.ConnectAsync(records.Host, records.Port, cancellationToken);
        var client = new RecordStreamClient(connection, await SecureAsync(connection.GetStream(), records, trust, cancellationToken));
        var head = new StringBuilder()
            .Append(CultureInfo.InvariantCulture, $"POST {records.PathAndQuery} HTTP/1.1\r\nHost: {records.Authority}\r\n")
            .Append("Content-Type: application/json\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n");
        foreach (var header in headers)
        {
            head.Append(header).Append("\r\n");
        }

        await client._stream.WriteAsync(Encoding.ASCII.GetBytes(head.Append("\r\n").ToString()), cancellationToken);
        return client;
    }

    /// <summary>Sends records (one or many JSON objects) as one chunk.</summary>
    public async ValueTask SendAsync(ReadOnlyMemory<byte> records, CancellationToken cancellationToken)
    {
        _request.ResetWrittenCount();
        Encoding.ASCII.GetBytes($"{records.Length:x}\r\n", _request);
        _request.Write(records.Span);
        _request.Write("\r\n"u8);
        await _stream.WriteAsync(_request.WrittenMemory, cancellationToken);
    }

    /// <summary>Says that no more records come.</summary>
    public async ValueTask EndAsync(CancellationToken cancellationToken)
    {
        await _stream.WriteAsync("0\r\n\r\n"u8.ToArray(), cancellationToken);
    }

    /// <summary>The reports, in the order of the records; throws when the answer is not 200.</summary>
    public async IAsyncEnumerable<string> ReadReportsAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var status = await ReadLineAsync(cancellationToken) ?? "";
        while (await ReadLineAsync(cancellationToken) is { Length: > 0 })
        {
            // Skip the response's header lines.
        }

        if (!status.StartsWith("HTTP/1.1 200", StringComparison.Ordinal))
        {
            throw new HttpRequestException($"The gateway answered '{status}' to the stream");
        }

        var line = new ArrayBufferWriter<byte>();
        while (await ReadLineAsync(cancellationToken) is { Length: > 0 } sizeLine
            && int.Parse(sizeLine, NumberStyles.HexNumber, CultureInfo.InvariantCulture) is > 0 and var size)
        {
            var read = await _response.ReadAtLeastAsync(size + 2, cancellationToken);
            if (read.Buffer.Length < size + 2)
            {
                throw new IOException("The connection broke off inside a chunk");
            }

            var lines = new List<string>();
            foreach (var segment in read.Buffer.Slice(0, size))
            {
                Split(segment.Span, line, lines);
            }

            _response.AdvanceTo(read.Buffer.GetPosition(size + 2));
            foreach (var report in lines)
            {
                yield return report;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _response.CompleteAsync();
        await _stream.DisposeAsync();
        _connection.Dispose();
    }

    private static async Task<Stream> SecureAsync(NetworkStream plain, Uri records, X509ChainPolicy? trust, CancellationToken cancellationToken)
    {
        if (records.Scheme != Uri.UriSchemeHttps)
        {
            return plain;
        }

        var secure = new SslStream(plain);
        await secure.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions { TargetHost = records.Host, CertificateChainPolicy = trust }, cancellationToken);
        return secure;
    }

    private static void Split(ReadOnlySpan<byte> bytes, ArrayBufferWriter<byte> line, List<string> lines)
    {
        while (bytes.IndexOf((byte)'\n') is >= 0 and var end)
        {
            line.Write(bytes[..end]);
            lines.Add(Encoding.UTF8.GetString(line.WrittenSpan).TrimEnd('\r'));
            line.ResetWrittenCount();
            bytes = bytes[(end + 1)..];
        }

        line.Write(bytes);
    }

    private async ValueTask<string?> ReadLineAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await _response.ReadAsync(cancellationToken);
            if (read.Buffer.PositionOf((byte)'\n') is { } end)
            {
                var line = Encoding.ASCII.GetString(read.Buffer.Slice(0, end)).TrimEnd('\r');
                _response.AdvanceTo(read.Buffer.GetPosition(1, end));
                return line;
            }

            _response.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            if (read.IsCompleted)
            {
                return null;
            }
        }
    }
}
