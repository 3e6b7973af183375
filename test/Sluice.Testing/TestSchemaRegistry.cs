using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;

namespace Sluice.Testing;

/// <summary>
/// A real Schema Registry, one for the test process. Found through <c>SLUICE_TEST_SCHEMA_REGISTRY</c>: the directory of a launcher
/// (<c>schema-registry start|stop DIR [--port P]</c>), or the address of a registry that runs already.
/// </summary>
public sealed class TestSchemaRegistry
{
    public const string Variable = "SLUICE_TEST_SCHEMA_REGISTRY";
    public const string Missing = $"No Schema Registry to test with: set {Variable} to a launcher's directory or to an address (http://…).";

    private static readonly Lazy<Task<TestSchemaRegistry>> Shared = new(StartAsync);

    private static readonly HttpClient Http = new(new SocketsHttpHandler());

    private TestSchemaRegistry(string url) => Url = url;

    public static bool Available => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Variable));

    public string Url { get; }

    public static Task<TestSchemaRegistry> GetAsync() => Shared.Value;

    /// <returns>The schema's id.</returns>
    public async Task<int> RegisterAsync(string subject, string type, string schema, params (string Name, string Subject, int Version)[] references)
    {
        using var response = await Http.PostAsJsonAsync($"{Url}/subjects/{subject}/versions", new
        {
            schemaType = type,
            schema,
            references = references.Select(static reference => new { name = reference.Name, subject = reference.Subject, version = reference.Version }),
        });
        var body = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode
            ? JsonDocument.Parse(body).RootElement.GetProperty("id").GetInt32()
            : throw new InvalidOperationException($"Registering {subject} answered {(int)response.StatusCode}: {body}");
    }

    /// <summary>What the registry says about one version of a subject.</summary>
    public async Task<JsonElement> VersionAsync(string subject, string version = "latest") =>
        JsonDocument.Parse(await Http.GetStringAsync($"{Url}/subjects/{subject}/versions/{version}")).RootElement;

    private static async Task<TestSchemaRegistry> StartAsync()
    {
        var given = Environment.GetEnvironmentVariable(Variable)!;
        if (given.StartsWith("http", StringComparison.Ordinal))
        {
            return new TestSchemaRegistry(given.TrimEnd('/'));
        }

        var directory = Directory.CreateTempSubdirectory("sluice-registry-").FullName;
        var launcher = Path.Combine(given, "schema-registry");
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            Launch(launcher, "stop", directory).WaitForExit(10_000);
            Directory.Delete(directory, recursive: true);
        };
        using var process = Launch(launcher, "start", directory, "--port", $"{FreePort.Next()}");
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return output.Split("SCHEMA_REGISTRY_URL=") is [_, var url]
            ? new TestSchemaRegistry(url.Trim())
            : throw new InvalidOperationException($"{launcher} did not start: {output}");
    }

    private static Process Launch(string launcher, params string[] arguments) =>
        Process.Start(new ProcessStartInfo(launcher, arguments) { UseShellExecute = false, RedirectStandardOutput = true })!;
}
