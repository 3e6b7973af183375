using Sluice.Hosting;
using Spectre.Console;

namespace Sluice.Dev;

/// <summary>What a person sees when <c>sluice dev</c> is ready.</summary>
internal static class DevBanner
{
    public static void Print(IAnsiConsole console, DevInfo info, string dataDirectory)
    {
        console.MarkupLineInterpolated($"[bold green]Sluice is ready[/] at [bold]{info.Url}[/]");
        console.WriteLine();

        Row("cluster", info.ClusterId);
        if (info.Kafka is { } kafka)
        {
            Row("Kafka", kafka);
        }

        Row("identity provider", info.ProviderId);
        Row("identity pool", info.PoolId);
        Row("client", $"{info.ClientId} / {info.ClientSecret}");
        Row("administrator's key", $"{info.ApiKey} / {info.ApiSecret}");
        Row("data", dataDirectory);
        if (info.CaFile is { } ca)
        {
            Row("CA for --cacert", ca);
        }

        foreach (var (title, command) in (IEnumerable<(string, string)>)[.. DevCommands.For(info), .. DevCommands.OfSluice(info, OwnCommand.ForShell)])
        {
            console.WriteLine();
            console.MarkupLineInterpolated($"[grey]# {title}[/]");

            // Straight to the writer: a wrapped line could not be pasted.
            console.Profile.Out.Writer.WriteLine(command);
        }

        console.WriteLine();
        console.MarkupLine("[grey]Ctrl+C stops it.[/]");

        // The value goes straight to the writer, like the commands: a wrapped secret could not be pasted.
        void Row(string name, string value)
        {
            console.MarkupInterpolated($"[grey]{name,-20}[/]");
            console.Profile.Out.Writer.WriteLine(value);
        }
    }
}
