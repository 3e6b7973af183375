using System.Text.Json.Nodes;

namespace Sluice.OpenApi;

/// <summary>What the document says about one operation besides what its route says.</summary>
/// <param name="Method">HTTP method.</param>
/// <param name="Path">Without prefix: <c>/clusters/{cluster_id}/topics</c> serves <c>/kafka/v3</c> and <c>/v3</c>.</param>
/// <param name="Summary">One line.</param>
internal sealed record Operation(string Method, string Path, string Summary)
{
    /// <summary>More lines, in Markdown.</summary>
    public string? Description { get; init; }

    public IReadOnlyList<Parameter> Parameters { get; init; } = [];

    /// <summary>Schema of the request's body; null: it has none.</summary>
    public JsonNode? Body { get; init; }

    public JsonNode? BodyExample { get; init; }

    public string BodyType { get; init; } = "application/json";

    public IReadOnlyList<Answer> Answers { get; init; } = [];

    /// <summary>Needs no credentials.</summary>
    public bool IsPublic { get; init; }

    public Operation Says(string description) => this with { Description = description };

    public Operation Query(string name, string type, string description, bool required = false, string? example = null) =>
        this with { Parameters = [.. Parameters, new Parameter(name, type, description, required, example)] };

    /// <param name="schema">JSON text.</param>
    /// <param name="example">JSON text.</param>
    /// <param name="type">Media type.</param>
    public Operation Takes(string schema, string example, string type = "application/json") =>
        this with { Body = JsonNode.Parse(schema), BodyExample = JsonNode.Parse(example), BodyType = type };

    /// <param name="status">HTTP status.</param>
    /// <param name="schema">Name of the body's type, without <c>Body</c> where it has that; null: no body.</param>
    /// <param name="description">What it means.</param>
    /// <param name="type">Media type.</param>
    public Operation Gives(int status, string? schema = null, string? description = null, string type = "application/json") =>
        this with { Answers = [.. Answers, new Answer(status, schema, description, type)] };

    public Operation ForEverybody() => this with { IsPublic = true };
}

/// <summary>A query parameter; its type is JSON Schema's.</summary>
internal sealed record Parameter(string Name, string Type, string Description, bool Required, string? Example);

/// <summary>One successful answer.</summary>
internal sealed record Answer(int Status, string? Schema, string? Description, string MediaType);
