using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Sluice.Identity;
using Sluice.Identity.Explain;
using Sluice.Identity.Tokens;

namespace Sluice.Explain;

/// <summary>How explanations look on the wire: snake case, nothing for null; rules keep the names they have in logs.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ExplanationBody))]
internal sealed partial class ExplainJson : JsonSerializerContext
{
    /// <summary>Filters keep their quotes and <c>&amp;&amp;</c> readable: the answer is JSON, never HTML.</summary>
    public static ExplainJson Wire { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters =
        {
            new JsonStringEnumConverter<CheckOutcome>(JsonNamingPolicy.SnakeCaseLower),
            new JsonStringEnumConverter<TokenCheck>(JsonNamingPolicy.SnakeCaseLower),
            new JsonStringEnumConverter<RefusalRule>(),
        },
    });
}
