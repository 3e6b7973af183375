using System.CommandLine;
using Sluice.Cli.Http;

namespace Sluice.Cli.Connections;

/// <summary>Which gateway a command talks to, and with which key: options and environment first, then what <c>sluice login</c> kept.</summary>
internal static class ConnectionOptions
{
    public const string UrlVariable = "SLUICE_URL";
    public const string KeyVariable = "SLUICE_API_KEY";
    public const string SecretVariable = "SLUICE_API_SECRET";
    public const string ContextVariable = "SLUICE_CONTEXT";
    public const string CaFileVariable = "SLUICE_CA_FILE";

    public static Option<string?> Url { get; } = new("--url")
    {
        Description = $"The gateway's address (or {UrlVariable}). Default: that of the context.",
        HelpName = "URL",
        Recursive = true,
    };

    public static Option<string?> Context { get; } = new("--context")
    {
        Description = $"Which login to use (or {ContextVariable}), when there are several.",
        HelpName = "NAME",
        Recursive = true,
    };

    public static Option<string?> CaFile { get; } = new("--ca-file")
    {
        Description = $"PEM file of authorities to trust besides the system's (or {CaFileVariable}).",
        HelpName = "FILE",
        Recursive = true,
    };

    public static void AddTo(Command command)
    {
        command.Options.Add(Url);
        command.Options.Add(Context);
        command.Options.Add(CaFile);
    }

    /// <exception cref="CommandFailure">Nothing says where to go or with which key.</exception>
    public static Connection Resolve(CommandIo io, ParseResult parsed) => Find(io, parsed) ?? throw CommandFailure.Usage(
        "You are not logged in to a gateway.",
        $"Run `sluice login --url URL`, or set {UrlVariable}, {KeyVariable} and {SecretVariable}.");

    /// <param name="io">For the environment and the file.</param>
    /// <param name="parsed">For the options.</param>
    /// <param name="allowNoKey">Whether a gateway without a key to it will do; the key is then empty.</param>
    /// <returns>Null when nothing is said and nobody has logged in.</returns>
    public static Connection? Find(CommandIo io, ParseResult parsed, bool allowNoKey = false)
    {
        var url = parsed.GetValue(Url) ?? io.Variable(UrlVariable);
        var (key, secret) = (io.Variable(KeyVariable), io.Variable(SecretVariable));
        var caFile = parsed.GetValue(CaFile) ?? io.Variable(CaFileVariable);
        if (parsed.GetValue(Context) is null && (key is not null || secret is not null))
        {
            return key is not null && secret is not null && url is not null
                ? new Connection(ServerUrl.Parse(url), key, secret, new HttpSettings(caFile))
                : throw CommandFailure.Usage(
                    $"The environment has only a part of the connection: {KeyVariable} and {SecretVariable} go together, with {UrlVariable} or --url.");
        }

        return FromFile(io, parsed.GetValue(Context) ?? io.Variable(ContextVariable), url, caFile, allowNoKey);
    }

    private static Connection? FromFile(CommandIo io, string? name, string? url, string? caFile, bool allowNoKey)
    {
        var file = new ContextFile(io);
        var saved = file.Read();
        if (name is not null && !saved.Contexts.ContainsKey(name))
        {
            throw CommandFailure.Usage(
                $"There is no context '{name}'.",
                saved.Contexts.Count == 0 ? $"Run `sluice login --context {name}`." : $"There are: {string.Join(", ", saved.Contexts.Keys)}.");
        }

        // A key goes to the server that it was given for and to no other.
        var wanted = url is null ? null : ServerUrl.Parse(url);
        var context = (name ?? saved.Current) is { } chosen && saved.Contexts.TryGetValue(chosen, out var named) ? named : null;
        if (wanted is not null && (context is null || ServerUrl.Parse(context.Url) != wanted))
        {
            context = name is null ? saved.Contexts.Values.FirstOrDefault(c => ServerUrl.Parse(c.Url) == wanted) : null;
            if (context is null && allowNoKey)
            {
                return new Connection(wanted, "", "", new HttpSettings(caFile));
            }

            if (context is null)
            {
                throw CommandFailure.Usage($"You are not logged in to {wanted}.", $"Run `sluice login --url {wanted}`.");
            }
        }

        return context is null
            ? null
            : new Connection(ServerUrl.Parse(context.Url), context.ApiKey, context.ApiSecret, new HttpSettings(caFile ?? context.CaFile));
    }
}
