using System.CommandLine;

namespace Sluice.Cli.Connections;

/// <summary><c>sluice logout</c>: forgets a login.</summary>
internal sealed class LogoutCommand(CommandIo io)
{
    private readonly Option<string?> _context = new("--context") { Description = "Which login to forget. Default: the current one.", HelpName = "NAME" };
    private readonly Option<bool> _all = new("--all") { Description = "Forget every login." };

    public Command Create()
    {
        var command = new Command("logout", "Forgets a login. The API key itself stays good: `sluice key delete` ends it.") { _context, _all };
        command.SetAction(Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        var file = new ContextFile(io);
        var saved = file.Read();
        var name = parsed.GetValue(_context) ?? io.Variable(ConnectionOptions.ContextVariable) ?? saved.Current;
        string[] forgotten = parsed.GetValue(_all) ? [.. saved.Contexts.Keys] : name is not null && saved.Contexts.ContainsKey(name) ? [name] : [];
        if (forgotten.Length == 0)
        {
            if (parsed.GetValue(_context) is { } missing)
            {
                throw CommandFailure.Usage($"There is no context '{missing}'.", $"There are: {string.Join(", ", saved.Contexts.Keys)}.");
            }

            io.Note("Nobody is logged in.");
            return ExitCode.Ok;
        }

        var left = saved.Contexts.Where(c => !forgotten.Contains(c.Key)).ToDictionary(StringComparer.Ordinal);
        var current = saved.Current is { } old && left.ContainsKey(old) ? old : left.Keys.Order(StringComparer.Ordinal).FirstOrDefault();
        file.Write(new SavedContexts { Current = current, Contexts = left });
        io.Note($"Forgot {string.Join(", ", forgotten)}.{(current is null || current == saved.Current ? "" : $" The current context is now '{current}'.")}");
        return ExitCode.Ok;
    }
}
