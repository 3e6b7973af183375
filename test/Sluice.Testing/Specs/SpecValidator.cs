using System.Text.Json;
using NSwag;

namespace Sluice.Testing.Specs;

/// <summary>Holds an answer against the operation that an OpenAPI file has for it.</summary>
public static class SpecValidator
{
    /// <returns>What is wrong, each in a sentence; empty when the answer is as declared.</returns>
    public static IReadOnlyList<SpecViolation> Validate(SpecRoute route, SpecExchange exchange)
    {
        if (Declared(route.Operation, exchange.Status) is not { } response)
        {
            var undeclared = new SpecViolation(
                SpecRule.Status, "", $"status {exchange.Status} is not declared; declared are {string.Join(", ", route.Operation.ActualResponses.Keys)}");

            // All errors of a file have one shape, so that one can still be asked for.
            return exchange.Status >= 400 && Declared(route.Operation, 400) is { } error
                ? [undeclared, .. Content(error, exchange)]
                : [undeclared];
        }

        var missing = response.Headers
            .Where(header => header.Value.IsRequired && !exchange.Headers.Contains(header.Key))
            .Select(static header => new SpecViolation(SpecRule.Header, header.Key, $"required header {header.Key} is missing"));
        return [.. missing, .. Content(response, exchange)];
    }

    /// <summary>Holds a request's body against the operation.</summary>
    public static IReadOnlyList<SpecViolation> ValidateRequest(SpecRoute route, string mediaType, string body)
    {
        if (route.Operation.ActualRequestBody?.Content.TryGetValue(mediaType, out var media) is not true)
        {
            return [new(SpecRule.Body, "", $"no body of type {mediaType} is declared for the request")];
        }

        return media!.Schema is { } schema ? [.. Documents(body).SelectMany(document => SchemaCheck.Check(schema, document))] : [];
    }

    private static OpenApiResponse? Declared(OpenApiOperation operation, int status)
    {
        var responses = operation.ActualResponses;
        return responses.TryGetValue($"{status}", out var exact) ? exact
            : responses.TryGetValue($"{status / 100}XX", out var range) ? range
            : responses.GetValueOrDefault("default");
    }

    private static IEnumerable<SpecViolation> Content(OpenApiResponse response, SpecExchange exchange)
    {
        if (response.Content.Count == 0)
        {
            // A description may leave the shape of a body open; then only that it is what we always send can be checked.
            return exchange.Body.Length == 0 || exchange.Status >= 400
                ? []
                : [new(SpecRule.Body, "", "has a body where none is declared")];
        }

        if (exchange.MediaType is null || exchange.Body.Length == 0)
        {
            // The end of a produce stream without records, or HEAD.
            return exchange.Method == "HEAD" ? [] : [new(SpecRule.Body, "", $"has no body where {string.Join(", ", response.Content.Keys)} is declared")];
        }

        if (!response.Content.TryGetValue(exchange.MediaType, out var media))
        {
            return [new(SpecRule.MediaType, "", $"media type {exchange.MediaType} is not declared; declared are {string.Join(", ", response.Content.Keys)}")];
        }

        return media.Schema is { } schema && exchange.MediaType.EndsWith("json", StringComparison.Ordinal)
            ? Documents(exchange.Body).SelectMany(document => SchemaCheck.Check(schema, document))
            : [];
    }

    /// <summary>The body's JSON values: one, except in a produce stream, which is concatenated JSON.</summary>
    private static List<JsonElement> Documents(string body)
    {
        var documents = new List<JsonElement>();
        var reader = new Utf8JsonReader(System.Text.Encoding.UTF8.GetBytes(body), new JsonReaderOptions { AllowMultipleValues = true });
        while (reader.Read())
        {
            documents.Add(JsonElement.ParseValue(ref reader));
        }

        return documents;
    }
}
