using System.Text.Json.Serialization;

namespace Sluice.Http;

/// <summary>The body of every error on the Kafka REST surfaces.</summary>
internal sealed record ErrorBody(int ErrorCode, string? Message);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ErrorBody))]
internal sealed partial class ErrorJson : JsonSerializerContext;
