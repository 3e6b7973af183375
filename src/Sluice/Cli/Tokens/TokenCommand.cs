using System.CommandLine;

namespace Sluice.Cli.Tokens;

/// <summary><c>sluice token</c>.</summary>
internal static class TokenCommand
{
    public static Command Create(CommandIo io) => new("token", "Access tokens: fetching them, and why a gateway takes them or not.")
    {
        new TokenFetchCommand(io).Create(),
        new TokenExplainCommand(io).Create(),
    };
}
