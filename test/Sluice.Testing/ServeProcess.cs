using System.Diagnostics;

namespace Sluice.Testing;

/// <summary>A real <c>sluice serve</c> in a process of its own; see <see cref="SluiceProcess.ServeAsync"/>.</summary>
internal sealed class ServeProcess(Process process, string url) : IAsyncDisposable
{
    private readonly SocketsHttpHandler _handler = new();

    public string Url => url;

    public async Task<Answer> GetAsync(string path)
    {
        using var http = new HttpClient(_handler, disposeHandler: false);
        using var response = await http.GetAsync(url + path);
        return await Answer.FromAsync(response);
    }

    public async ValueTask DisposeAsync()
    {
        _handler.Dispose();
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }
}
