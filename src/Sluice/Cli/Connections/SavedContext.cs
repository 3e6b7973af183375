using System.Text.Json.Serialization;

namespace Sluice.Cli.Connections;

/// <summary>A gateway and the key to it, as <c>sluice login</c> keeps it.</summary>
internal sealed record SavedContext
{
    public required string Url { get; init; }

    public required string ApiKey { get; init; }

    public required string ApiSecret { get; init; }

    /// <summary>PEM file of authorities to trust besides the system's.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? CaFile { get; init; }

    /// <summary>Keeps the secret out of messages.</summary>
    public override string ToString() => $"{ApiKey} at {Url}";
}

/// <summary>The file's content.</summary>
internal sealed record SavedContexts
{
    /// <summary>Name of the context that commands use when they name none.</summary>
    public string? Current { get; init; }

    public IReadOnlyDictionary<string, SavedContext> Contexts { get; init; } = new Dictionary<string, SavedContext>(StringComparer.Ordinal);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(SavedContexts))]
internal sealed partial class SavedContextJson : JsonSerializerContext;
