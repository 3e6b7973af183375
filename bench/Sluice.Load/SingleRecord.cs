using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Sluice.Testing;

namespace Sluice.Load;

/// <summary>
/// One record a request, with token, pool and all, against a bare Kestrel endpoint that reads the same body and answers as many bytes.
/// </summary>
internal static class SingleRecord
{
    public const int Connections = 32;
    public static readonly TimeSpan Round = TimeSpan.FromSeconds(3);

    public static async Task RunAsync()
    {
        await using var gateway = await GatewayHost.StartAsync();
        await gateway.CreateTopicAsync("single", 6);
        var path = $"{gateway.Cluster}/topics/single/records";
        var body = StreamedRecords.Record(1);
        var answer = await gateway.PostAsync(path, body);
        var headers = $"Authorization: Bearer {await gateway.TokenAsync()}\r\nConfluent-Identity-Pool-Id: {gateway.Info.PoolId}\r\n";

        var bareUrl = $"http://127.0.0.1:{FreePort.Next()}";
        await using var bare = await StartBareAsync(bareUrl, path, Encoding.UTF8.GetBytes(answer.Body));
        var gatewayRequest = Request(new Uri(gateway.Info.Url), path, headers, body);
        var bareRequest = Request(new Uri(bareUrl), path, headers, body);

        var rates = new List<double>();
        var ratios = new List<double>();
        for (var run = 0; run < 6; run++)
        {
            var ours = await LoadAsync(new Uri(gateway.Info.Url), gatewayRequest);
            var theirs = await LoadAsync(new Uri(bareUrl), bareRequest);
            if (run > 0)
            {
                rates.Add(ours);
                ratios.Add(ours / theirs);
            }
        }

        Report.Line(
            "single-record produce",
            $"{Report.Median(rates):N0} req/s on {Connections} connections (authenticated, durable), {Report.Median(ratios):P0} of a bare Kestrel endpoint");
    }

    private static async Task<WebApplication> StartBareAsync(string url, string path, byte[] answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(url);
        var app = builder.Build();
        app.MapPost(path, async (HttpContext context) =>
        {
            var reader = context.Request.BodyReader;
            while (true)
            {
                var read = await reader.ReadAsync();
                reader.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted)
                {
                    break;
                }
            }

            context.Response.ContentType = "application/json";
            await context.Response.BodyWriter.WriteAsync(answer);
        });
        await app.StartAsync();
        return app;
    }

    public static byte[] Request(Uri host, string path, string headers, string body) => Encoding.ASCII.GetBytes(
        $"POST {path} HTTP/1.1\r\nHost: {host.Authority}\r\n{headers}Content-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}");

    /// <summary>Requests a second over one round.</summary>
    public static async Task<double> LoadAsync(Uri host, byte[] request)
    {
        var watch = Stopwatch.StartNew();
        var counts = await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => Task.Run(() => ConnectionAsync(host, request, watch))));
        return counts.Sum() / watch.Elapsed.TotalSeconds;
    }

    /// <summary>One request after the other; both servers answer chunked, so the last chunk ends an answer.</summary>
    private static async Task<long> ConnectionAsync(Uri host, byte[] request, Stopwatch watch)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(host.Host, host.Port);
        var buffer = new byte[8192];
        var count = 0L;
        while (watch.Elapsed < Round)
        {
            await socket.SendAsync(request);
            var length = 0;
            do
            {
                var read = await socket.ReceiveAsync(buffer.AsMemory(length));
                if (read == 0)
                {
                    throw new IOException("The server closed the connection");
                }

                length += read;
            }
            while (!buffer.AsSpan(0, length).EndsWith("0\r\n\r\n"u8));

            if (!buffer.AsSpan(0, length).StartsWith("HTTP/1.1 200"u8))
            {
                throw new IOException(Encoding.ASCII.GetString(buffer, 0, length));
            }

            count++;
        }

        return count;
    }
}
