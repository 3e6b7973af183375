using System.CommandLine;
using System.Text.Json.Nodes;

namespace Sluice.Cli.Resources;

/// <summary>A member of a resource that its administrator sets, and the option that sets it.</summary>
/// <param name="Name">The option: <c>--name</c>.</param>
/// <param name="Pointer">Where the member is in the body (RFC 6901).</param>
/// <param name="Description">For <c>--help</c>.</param>
internal sealed record ResourceField(string Name, string Pointer, string Description)
{
    /// <summary>What stands for the value in <c>--help</c>.</summary>
    public string HelpName { get; init; } = "TEXT";

    /// <summary>Must be given to create.</summary>
    public bool Required { get; init; }

    /// <summary>Sent at creation when the option is not given; null: the member is left out.</summary>
    public string? Default { get; init; }

    /// <summary>False: only at creation.</summary>
    public bool Updatable { get; init; } = true;

    /// <summary>May be given several times; goes as an array.</summary>
    public bool Many { get; init; }

    /// <summary>Is true or false.</summary>
    public bool Boolean { get; init; }

    /// <summary>The option for <c>create</c>.</summary>
    public Option<string[]> ToCreate()
    {
        var option = Plain(Default is { Length: > 0 } ? $"{Description} Default: {Default}." : Description);
        option.Required = Required;
        return option;
    }

    /// <summary>The option for <c>update</c>: never required.</summary>
    public Option<string[]> ToUpdate() => Plain(Description);

    /// <summary>Puts the value into a request's body, if there is one.</summary>
    public void Put(JsonObject body, string[]? given, bool useDefault)
    {
        var values = given is { Length: > 0 } ? given : useDefault && Default is not null ? [Default] : null;
        if (values is null)
        {
            return;
        }

        JsonNode? value = Many ? new JsonArray([.. values.Where(v => v.Length > 0).Select(v => (JsonNode?)v)])
            : Boolean ? values[^1] == "true"
            : values[^1];
        Output.JsonPointer.Set(body, Pointer, value);
    }

    private Option<string[]> Plain(string description)
    {
        var option = new Option<string[]>(Name) { Description = description, HelpName = HelpName };
        if (!Many)
        {
            option.Validators.Add(result =>
            {
                if (result.Tokens.Count > 1)
                {
                    result.AddError($"{Name} is given more than once.");
                }
            });
        }

        if (Boolean)
        {
            option.AcceptOnlyFromAmong("true", "false");
        }

        return option;
    }
}
