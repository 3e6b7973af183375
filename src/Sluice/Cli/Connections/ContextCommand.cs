using System.CommandLine;
using System.Text.Json;
using Sluice.Cli.Output;

namespace Sluice.Cli.Connections;

/// <summary><c>sluice context</c>: the logins that are kept, and which of them is used.</summary>
internal sealed class ContextCommand(CommandIo io)
{
    private static readonly Column[] Columns = [new("Current", "/current"), new("Name", "/name"), new("URL", "/url"), new("API key", "/api_key")];

    private readonly Argument<string> _name = new("name") { Description = "A context that `sluice context list` shows." };

    public Command Create()
    {
        var list = new Command("list", "Lists the logins that are kept; secrets are not shown.") { OutputFormat.Option };
        list.SetAction(List);
        _name.CompletionSources.Add(_ => new ContextFile(io).Read().Contexts.Keys);
        var use = new Command("use", "Makes a login the one that commands use.") { _name };
        use.SetAction(Use);
        return new Command("context", "Logins at several gateways.") { list, use };
    }

    private int List(ParseResult parsed)
    {
        var saved = new ContextFile(io).Read();
        var items = saved.Contexts.OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => JsonSerializer.SerializeToElement(
            new ListedContext(c.Key == saved.Current ? "*" : "", c.Key, c.Value.Url, c.Value.ApiKey), ListedContextJson.Default.ListedContext));
        new ResultWriter(io, OutputFormat.IsJson(parsed)).Many([.. items], Columns, "No logins. Run `sluice login`.");
        return ExitCode.Ok;
    }

    private int Use(ParseResult parsed)
    {
        var name = parsed.GetRequiredValue(_name);
        var file = new ContextFile(io);
        var saved = file.Read();
        if (!saved.Contexts.ContainsKey(name))
        {
            throw CommandFailure.Usage($"There is no context '{name}'.", $"There are: {string.Join(", ", saved.Contexts.Keys)}.");
        }

        file.Write(saved with { Current = name });
        io.Note($"Commands now use '{name}': {saved.Contexts[name]}.");
        return ExitCode.Ok;
    }
}
