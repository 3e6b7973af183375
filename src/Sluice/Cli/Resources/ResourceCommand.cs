using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.Cli.Connections;
using Sluice.Cli.Http;
using Sluice.Cli.Output;

namespace Sluice.Cli.Resources;

/// <summary>One kind of resource: <c>list</c>, <c>create</c>, <c>get</c>, <c>update</c>, <c>delete</c>. What a kind has of its own, its subclass says.</summary>
internal abstract class ResourceCommand(CommandIo io)
{
    private const int MaxIdLength = 255;

    private readonly Option<bool> _yes = new("--yes", "-y") { Description = "Do not ask." };

    protected CommandIo Io => io;

    /// <summary>The command: <c>pool</c>.</summary>
    protected abstract string Name { get; }

    /// <summary>In sentences: <c>identity pool</c>.</summary>
    protected abstract string Noun { get; }

    /// <summary>What the command's help says first.</summary>
    protected abstract string Description { get; }

    /// <summary>An id to show in help.</summary>
    protected abstract string SampleId { get; }

    /// <summary>The collection.</summary>
    protected abstract string Path { get; }

    protected abstract IReadOnlyList<Column> Columns { get; }

    protected abstract IReadOnlyList<ResourceField> Fields { get; }

    public Command Create()
    {
        var command = new Command(Name, Description) { OutputFormat.Option };
        ConnectionOptions.AddTo(command);
        AddCommands(command);
        return command;
    }

    /// <summary>Which of the five there are, and what else.</summary>
    protected virtual void AddCommands(Command command)
    {
        command.Add(List());
        command.Add(CreateCommand());
        command.Add(Get());
        command.Add(Update());
        command.Add(Delete());
    }

    /// <summary>Examples for <c>create</c>.</summary>
    protected virtual (string Title, string Line)[] CreateExamples => [];

    /// <summary>Options of <c>list</c> beyond the common ones.</summary>
    protected virtual IEnumerable<Option> ListOptions => [];

    /// <summary>Options of <c>create</c>, <c>get</c>, <c>update</c> and <c>delete</c> that say where the resource is.</summary>
    protected virtual IEnumerable<Option> PlaceOptions => [];

    /// <summary>Options of <c>create</c> and <c>update</c> beyond the fields.</summary>
    protected virtual IEnumerable<Option> BodyOptions => [];

    protected virtual IAsyncEnumerable<JsonElement> ListAsync(ControlClient client, ParseResult parsed, CancellationToken cancellationToken) =>
        client.ListAsync(Path, [], cancellationToken);

    /// <summary>Where a new one goes.</summary>
    protected virtual Task<string> CollectionAsync(ControlClient client, ParseResult parsed, CancellationToken cancellationToken) => Task.FromResult(Path);

    /// <summary>Where one is that exists.</summary>
    protected virtual Task<string> ItemAsync(ControlClient client, ParseResult parsed, string id, CancellationToken cancellationToken) =>
        Task.FromResult($"{Path}/{id}");

    /// <summary>Adds to a body what options other than the fields' say.</summary>
    protected virtual Task CompleteAsync(ControlClient client, ParseResult parsed, JsonObject body, bool creates, CancellationToken cancellationToken) =>
        Task.CompletedTask;

    /// <summary>Says something about what was just created.</summary>
    protected virtual void Created(JsonElement resource)
    {
    }

    protected virtual async Task<JsonElement> UpdateAsync(
        ControlClient client, ParseResult parsed, string id, JsonObject changes, CancellationToken cancellationToken) =>
        await client.PatchAsync(await ItemAsync(client, parsed, id, cancellationToken), changes, cancellationToken);

    protected Command List()
    {
        var command = new Command("list", $"Lists the {Noun}s.");
        AddOptions(command, ListOptions);
        Run(command, async (parsed, client, writer, cancellationToken) =>
        {
            var items = new List<JsonElement>();
            await foreach (var item in ListAsync(client, parsed, cancellationToken))
            {
                items.Add(item);
            }

            writer.Many(items, Columns, $"No {Noun}s.");
        });
        return command;
    }

    protected Command CreateCommand()
    {
        var options = Fields.Select(f => (Field: f, Option: f.ToCreate())).ToArray();
        var command = new Command("create", $"Creates {A(Noun)}.");
        AddOptions(command, [.. PlaceOptions, .. options.Select(o => o.Option), .. BodyOptions]);
        Run(command, async (parsed, client, writer, cancellationToken) =>
        {
            var body = new JsonObject();
            foreach (var (field, option) in options)
            {
                field.Put(body, parsed.GetValue(option), useDefault: true);
            }

            await CompleteAsync(client, parsed, body, creates: true, cancellationToken);
            var created = await client.PostAsync(await CollectionAsync(client, parsed, cancellationToken), body, cancellationToken);
            writer.One(created, Columns);
            Created(created);
        });
        return CreateExamples is { Length: > 0 } examples ? command.WithExamples(examples) : command;
    }

    protected Command Get()
    {
        var id = IdArgument();
        var command = new Command("get", $"Shows {A(Noun)}.") { id };
        AddOptions(command, PlaceOptions);
        Run(command, async (parsed, client, writer, cancellationToken) =>
            writer.One(await client.GetAsync(await ItemAsync(client, parsed, parsed.GetRequiredValue(id), cancellationToken), cancellationToken), Columns));
        return command;
    }

    protected Command Update()
    {
        var id = IdArgument();
        var options = Fields.Where(f => f.Updatable).Select(f => (Field: f, Option: f.ToUpdate())).ToArray();
        var command = new Command("update", $"Changes {A(Noun)}: what is given, and nothing else.") { id };
        AddOptions(command, [.. PlaceOptions, .. options.Select(o => o.Option), .. BodyOptions]);
        Run(command, async (parsed, client, writer, cancellationToken) =>
        {
            var changes = new JsonObject();
            foreach (var (field, option) in options)
            {
                field.Put(changes, parsed.GetValue(option), useDefault: false);
            }

            await CompleteAsync(client, parsed, changes, creates: false, cancellationToken);
            if (changes.Count == 0)
            {
                throw CommandFailure.Usage("There is nothing to change.", $"Give one of {string.Join(", ", options.Select(o => o.Field.Name))}.");
            }

            writer.One(await UpdateAsync(client, parsed, parsed.GetRequiredValue(id), changes, cancellationToken), Columns);
        });
        return command;
    }

    protected Command Delete()
    {
        var ids = new Argument<string[]>("id") { Description = $"Which {Noun}s, such as {SampleId}.", Arity = ArgumentArity.OneOrMore };
        ids.Validators.Add(result => CheckIds(result, result.GetValueOrDefault<string[]>() ?? []));
        var command = new Command("delete", $"Deletes {Noun}s. Asks first at a terminal.") { ids, _yes };
        AddOptions(command, PlaceOptions);
        Run(command, async (parsed, client, writer, cancellationToken) =>
        {
            var wanted = parsed.GetRequiredValue(ids);
            var agreed = parsed.GetValue(_yes);
            if (!agreed && io.Questions is null)
            {
                throw CommandFailure.Usage("Nobody can be asked here whether to delete.", "Add --yes.");
            }

            foreach (var id in wanted)
            {
                var item = await ItemAsync(client, parsed, id, cancellationToken);
                if (!agreed && !io.Questions!.Confirm(await QuestionAsync(client, item, id, cancellationToken)))
                {
                    throw new CommandFailure($"{Noun} {id} stays.");
                }

                await client.DeleteAsync(item, cancellationToken);
                if (!writer.IsJson)
                {
                    io.Out.WriteLine($"Deleted {Noun} {id}.");
                }
            }
        });
        return command;
    }

    /// <summary>A command that talks to the gateway.</summary>
    protected void Run(Command command, Func<ParseResult, ControlClient, ResultWriter, CancellationToken, Task> action) =>
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var client = new ControlClient(ConnectionOptions.Resolve(io, parsed), io.Warn);
            await action(parsed, client, new ResultWriter(io, OutputFormat.IsJson(parsed)), cancellationToken);
            return ExitCode.Ok;
        });

    /// <summary>The id as an argument, checked: it becomes a part of a URL.</summary>
    protected Argument<string> IdArgument()
    {
        var id = new Argument<string>("id") { Description = $"Which {Noun}, such as {SampleId}." };
        id.Validators.Add(result => CheckIds(result, [result.GetValueOrDefault<string>() ?? ""]));
        return id;
    }

    /// <summary>Whether a text can be an id: so that it cannot be taken for another path.</summary>
    protected static bool IsId(string text) =>
        text.Length is > 0 and <= MaxIdLength && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '~') && text.Any(char.IsAsciiLetterOrDigit);

    private static void CheckIds(System.CommandLine.Parsing.ArgumentResult result, IEnumerable<string> ids)
    {
        foreach (var id in ids.Where(id => !IsId(id)))
        {
            result.AddError($"'{PrintableText.Of(id)}' is no id.");
        }
    }

    private static void AddOptions(Command command, IEnumerable<Option> options)
    {
        foreach (var option in options)
        {
            command.Options.Add(option);
        }
    }

    // "an identity pool", "a service account".
    private static string A(string noun) => "aeiouAEIOU".Contains(noun[0], StringComparison.Ordinal) ? $"an {noun}" : $"a {noun}";

    private async Task<string> QuestionAsync(ControlClient client, string item, string id, CancellationToken cancellationToken)
    {
        var found = await client.GetAsync(item, cancellationToken);
        var name = JsonPointer.Text(found, "/display_name") is { Length: > 0 } top ? top : JsonPointer.Text(found, "/spec/display_name");
        return $"Delete the {Noun} {id}{(name.Length > 0 ? $" ({PrintableText.Of(name)})" : "")}?";
    }
}
