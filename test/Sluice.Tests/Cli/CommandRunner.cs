using Sluice.Cli;
using Sluice.Testing;

namespace Sluice.Tests.Cli;

/// <summary>Runs commands in this process as a person at a pipe would: the real command tree, a configuration directory of its own, no terminal.</summary>
internal sealed class CommandRunner : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("sluice-cli-");

    /// <summary>The environment; empty but for the configuration directory.</summary>
    public Dictionary<string, string> Variables { get; } = [];

    /// <summary>Answers when somebody is to be asked; null: nobody is there.</summary>
    public IQuestions? Questions { get; set; }

    public string ContextFile => Path.Combine(_directory.FullName, "sluice", "contexts.json");

    /// <summary>A path in a directory that goes with the runner.</summary>
    public string PathTo(string file) => Path.Combine(_directory.FullName, file);

    /// <summary>Writes a file there.</summary>
    public string Write(string file, string content)
    {
        File.WriteAllText(PathTo(file), content);
        return PathTo(file);
    }

    /// <summary>Logs in as the gateway's administrator.</summary>
    public async Task LogInAsync(GatewayHost gateway)
    {
        var login = await RunAsync("login", "--url", gateway.Info.Url, "--api-key", gateway.Info.ApiKey, "--api-secret", gateway.Info.ApiSecret);
        Assert.Equal((0, ""), (login.ExitCode, login.Output));
    }

    public Task<CommandOutcome> RunAsync(params string[] arguments) => RunWithInputAsync("", arguments);

    public async Task<CommandOutcome> RunWithInputAsync(string input, params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        using var reader = new StringReader(input);
        var io = new CommandIo
        {
            In = reader,
            Out = output,
            Error = error,
            Questions = Questions,
            Variable = name => name == "XDG_CONFIG_HOME" ? _directory.FullName : Variables.GetValueOrDefault(name),
        };
        var exitCode = await SluiceCommand.RunAsync(arguments, io, TestContext.Current.CancellationToken);
        return new CommandOutcome(exitCode, output.ToString(), error.ToString());
    }

    public void Dispose() => _directory.Delete(recursive: true);
}
