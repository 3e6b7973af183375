using Sluice.Testing;

namespace Sluice.Tests.Cli;

/// <summary>What the command line says about itself, and of what it does not understand.</summary>
public sealed class CommandLineTests
{
    [Fact]
    public async Task Help_lists_every_command()
    {
        using var cli = new CommandRunner();

        var help = await cli.RunAsync("--help");

        Assert.Equal((0, ""), (help.ExitCode, help.Error));
        foreach (var command in (string[])["dev", "demo", "login", "logout", "context", "provider", "pool", "service-account", "key", "role-binding", "environment", "token"])
        {
            Assert.Contains(help.Lines, l => l.StartsWith($"  {command}", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Help_of_a_command_ends_with_examples()
    {
        using var cli = new CommandRunner();

        var help = await cli.RunAsync("pool", "create", "--help");

        Assert.Contains("Examples:", help.Output, StringComparison.Ordinal);
        Assert.Contains("sluice pool create --provider", help.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("poool", "list")]
    [InlineData("pool", "lst")]
    [InlineData("pool", "list", "--nope")]
    [InlineData("pool", "get")]
    [InlineData("pool", "create", "--name", "x")]
    [InlineData("pool", "list", "--output", "yaml")]
    [InlineData("pool", "get", "..")]
    [InlineData("pool", "get", "a/b")]
    [InlineData("pool", "get", "x", "--provider", "../op-1")]
    [InlineData("pool")]
    public async Task What_is_not_understood_ends_with_two_and_points_to_help(params string[] arguments)
    {
        using var cli = new CommandRunner();

        var outcome = await cli.RunAsync(arguments);

        Assert.Equal((2, ""), (outcome.ExitCode, outcome.Output));
        Assert.StartsWith("error: ", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("--help`", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_executable_tells_its_version()
    {
        var (exitCode, output, error) = await SluiceProcess.RunAsync("--version");

        Assert.Equal((0, ""), (exitCode, error));
        Assert.Matches(@"^\d+\.\d+\.\d+", output);
    }

    [Fact]
    public async Task The_executable_ends_with_the_commands_exit_code_and_without_colour_in_a_pipe()
    {
        var (exitCode, output, error) = await SluiceProcess.RunAsync("pool", "test", "--filter", "claims.x ==", "--claims", "-");

        Assert.Equal((2, ""), (exitCode, output));
        Assert.StartsWith("error: The filter does not compile.", error, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', error);
    }
}
