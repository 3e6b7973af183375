using System.Net.Sockets;
using System.Text;

namespace Sluice.Tests.Identity;

/// <summary>HTTP/1.1 by hand: what well-behaved clients refuse to send.</summary>
internal static class RawHttp
{
    /// <summary>Sends these bytes and reads the answer to its end; the request must say <c>Connection: close</c>.</summary>
    public static async Task<(int Status, string Text)> SendAsync(string url, string request)
    {
        var uri = new Uri(url);
        using var client = new TcpClient();
        await client.ConnectAsync(uri.Host, uri.Port, TestContext.Current.CancellationToken);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        var text = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
        return (text.Length > 12 ? int.Parse(text.AsSpan(9, 3), System.Globalization.CultureInfo.InvariantCulture) : 0, text);
    }

    /// <summary>A GET with these header lines, as they are.</summary>
    public static Task<(int Status, string Text)> GetAsync(string url, string path, params string[] lines) =>
        SendAsync(url, $"GET {path} HTTP/1.1\r\nHost: {new Uri(url).Authority}\r\nConnection: close\r\n{string.Concat(lines.Select(line => line + "\r\n"))}\r\n");
}
