using System.Text.Json;

namespace Sluice.Http;

/// <summary>Says what is wrong with a text that should have been JSON, without echoing it.</summary>
internal static class JsonProblem
{
    public static string Describe(JsonException problem)
    {
        // The parser's own first sentence says what it met; what follows repeats the position in its own terms.
        var text = problem.Message;
        var end = text.IndexOf(" LineNumber:", StringComparison.Ordinal);
        var where = problem is { LineNumber: { } line, BytePositionInLine: { } column } ? $" (line {line + 1}, byte {column + 1})" : "";
        return $"Malformed JSON{where}: {(end < 0 ? text : text[..end])}";
    }
}
