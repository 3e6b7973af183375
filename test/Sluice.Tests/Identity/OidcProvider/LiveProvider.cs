using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace Sluice.Tests.Identity.OidcProvider;

/// <summary>npm's certified <c>oidc-provider</c> in a process of its own; needs Node.js with npm.</summary>
internal sealed class LiveProvider : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(1);

    private readonly Process _process;

    private LiveProvider(Process process, string issuer) => (_process, Issuer) = (process, issuer);

    public string Issuer { get; }

    /// <summary>Installs the packages of <c>package-lock.json</c> into a new directory.</summary>
    /// <returns>The directory, or why there is none.</returns>
    public static async Task<(string? Directory, string? Problem)> InstallAsync()
    {
        var directory = Directory.CreateTempSubdirectory("sluice-oidc-provider-").FullName;
        foreach (var file in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Identity", "OidcProvider")))
        {
            File.Copy(file, Path.Combine(directory, Path.GetFileName(file)));
        }

        try
        {
            using var npm = Process.Start(Command("npm", directory, "ci", "--ignore-scripts", "--no-audit", "--no-fund"))!;
            var error = npm.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await npm.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await npm.WaitForExitAsync(TestContext.Current.CancellationToken);
            return npm.ExitCode == 0 ? (directory, null) : (null, $"npm ci failed, so there is no provider to test against: {await error}");
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return (null, "Install Node.js with npm to test against a live oidc-provider.");
        }
    }

    /// <param name="directory">Where it was installed.</param>
    /// <param name="port">0: a free one.</param>
    /// <param name="keyId">Of the key it makes and signs with.</param>
    public static async Task<LiveProvider> StartAsync(string directory, int port, string keyId)
    {
        var (process, issuer) = await StartAsync(directory, "provider.mjs", $"{port}", keyId);
        return new LiveProvider(process, issuer);
    }

    /// <summary>A provider that has signed one of each kind of token.</summary>
    /// <param name="directory">Where it was installed.</param>
    /// <param name="certificate">PEM of the client certificate that some of them are bound to.</param>
    public static async Task<(LiveProvider Provider, JsonElement[] Tokens)> StartWithKindsAsync(string directory, string certificate)
    {
        var (process, line) = await StartAsync(directory, "kinds.mjs", certificate);
        using var json = JsonDocument.Parse(line);
        return (
            new LiveProvider(process, json.RootElement.GetProperty("issuer").GetString()!),
            [.. json.RootElement.GetProperty("tokens").EnumerateArray().Select(one => one.Clone())]);
    }

    /// <summary>A token by client credentials; <paramref name="resource"/> is what makes it a JWT.</summary>
    public async Task<string> TokenAsync(string? resource)
    {
        using var client = new HttpClient(new SocketsHttpHandler());
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Issuer}/token");
        request.Headers.Authorization = Sluice.Testing.GatewayHost.Basic("orders-svc", "orders-svc-secret-0123456789abcdef");
        request.Content = new FormUrlEncodedContent(
            [new("grant_type", "client_credentials"), new("scope", "produce"), .. resource is null ? (KeyValuePair<string, string>[])[] : [new("resource", resource)]]);
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, body);
        using var json = JsonDocument.Parse(body);
        return json.RootElement.GetProperty("access_token").GetString()!;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    // The process, and the line that it prints once it listens. Node's fetch has been seen to wait for ever: what takes so long is started anew.
    private static async Task<(Process Process, string Line)> StartAsync(string directory, params string[] arguments)
    {
        for (var attempt = 1; ; attempt++)
        {
            var process = Process.Start(Command("node", directory, arguments))!;

            // It warns; a full pipe would stop it.
            var warnings = new StringBuilder();
            process.ErrorDataReceived += (_, warning) => warnings.AppendLine(warning.Data);
            process.BeginErrorReadLine();
            try
            {
                if (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(StartLimit, TestContext.Current.CancellationToken) is { } line)
                {
                    return (process, line);
                }
            }
            catch (TimeoutException)
            {
                warnings.AppendLine(System.Globalization.CultureInfo.InvariantCulture, $"It did not start within {StartLimit.TotalSeconds} s.");
                process.Kill(entireProcessTree: true);
            }

            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            process.Dispose();
            if (attempt == 3)
            {
                throw new InvalidOperationException(warnings.ToString());
            }
        }
    }

    private static ProcessStartInfo Command(string program, string directory, params string[] arguments) => new(program, arguments)
    {
        WorkingDirectory = directory,
        UseShellExecute = false,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        StandardOutputEncoding = Encoding.UTF8,
    };
}
