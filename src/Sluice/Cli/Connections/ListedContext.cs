using System.Text.Json.Serialization;

namespace Sluice.Cli.Connections;

/// <summary>A login as it is listed: without its secret.</summary>
internal sealed record ListedContext(string Current, string Name, string Url, string ApiKey);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ListedContext))]
internal sealed partial class ListedContextJson : JsonSerializerContext;
