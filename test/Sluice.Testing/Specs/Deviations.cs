namespace Sluice.Testing.Specs;

/// <summary>Where the gateway differs from the OpenAPI files on purpose. Short on purpose too.</summary>
public static class Deviations
{
    public static IReadOnlyList<Deviation> All { get; } =
    [
        new(
            "general errors of Kafka REST",
            "The files list for each operation only some of the statuses that the REST Proxy's general layers answer on every one of them: "
                + "no permission, not found, not acceptable, another media type, an unknown or unacceptable field, a body that is too large or too slow.",
            static (_, exchange, violation) => violation.Rule == SpecRule.Status && IsKafka(exchange)
                && exchange.Status is 403 or 404 or 406 or 408 or 413 or 415 or 422),
        new(
            "switched off",
            "What plain Kafka cannot do answers as an endpoint that is switched off in the REST Proxy: 404 for GET, 405 for everything else.",
            static (_, exchange, violation) => violation.Rule == SpecRule.Status && IsKafka(exchange) && exchange is { Status: 405, Method: not "GET" }),
        new(
            "several topics at once",
            "The files read topics/-/configs:alter as an alteration of a topic named \"-\". It is the REST Proxy's, in no file, and answers 207 when some topics fail.",
            static (_, exchange, violation) => violation.Rule == SpecRule.Status && exchange.Status == 207
                && exchange.Path.EndsWith("/topics/-/configs:alter", StringComparison.Ordinal)),
        new(
            "general errors of the control plane",
            "As above; 409 tells that something still uses what is to be deleted, 412 that somebody was faster (only clients that send If-Match see it).",
            static (_, exchange, violation) => violation.Rule == SpecRule.Status && !IsKafka(exchange)
                && (exchange.Status is 404 or 406 or 412 or 413 or 415 or 422 || (exchange.Status == 409 && exchange.Method == "DELETE"))),
        new(
            "token rules",
            "An extension of identity providers, answered only where somebody gave them: clients of the Cloud never see them.",
            static (route, _, violation) => violation.Rule == SpecRule.UndeclaredMember
                && violation.At.Split('.')[^1] is ("expected_audiences" or "allowed_algorithms" or "require_access_token_type")
                && route.Template.StartsWith("/iam/v2/identity-providers", StringComparison.Ordinal)),
        new(
            "keys on curves",
            "The list of key types, which is open, has RSA only; providers publish EC and OKP keys as well, and the gateway verifies with them.",
            static (route, _, violation) => violation.Rule == SpecRule.UndeclaredValue && violation.At.EndsWith("].kty", StringComparison.Ordinal)
                && route.Template.StartsWith("/iam/v2/identity-providers", StringComparison.Ordinal)),
        new(
            "429 in JSON",
            "The files show the HTML page of a servlet filter. Clients must not parse it; JSON with the usual members helps those that do.",
            static (_, exchange, violation) => exchange.Status == 429 && IsKafka(exchange) && violation.Rule == SpecRule.MediaType),
        new(
            "schema formats",
            "The Cloud has no Schema Registry behind produce, the stand-alone proxy has; its reports name the schema that was used.",
            static (route, _, violation) => route.Template.EndsWith("/records", StringComparison.Ordinal)
                && (violation.Rule == SpecRule.UndeclaredValue || (violation.Rule == SpecRule.UndeclaredMember
                    && violation.At.Split('.')[^1] is "subject" or "schema_id" or "schema_version"))),
        new(
            "older file",
            "The file for premises is two years older than the Cloud's and does not know these members yet.",
            static (route, _, violation) => IsOnPremises(route) && violation.Rule == SpecRule.UndeclaredMember
                && violation.At.Split('.')[^1] is "authorized_operations" or "type" or "is_mixed_consumer_group" or "consumers"),
        new(
            "reports of records",
            "The file for premises shows the report of a record that was stored, and leaves out the error_code that tells it from the others.",
            static (route, _, violation) => IsOnPremises(route) && route.Template.EndsWith("/records", StringComparison.Ordinal)
                && (violation.Rule == SpecRule.Schema || (violation.Rule == SpecRule.UndeclaredMember && violation.At is ".error_code" or ".message"))),
        new(
            "in nobody's cloud",
            "The files know the three clouds that the service is sold in.",
            static (_, exchange, violation) => violation is { Rule: SpecRule.UndeclaredValue } && violation.At.EndsWith("spec.cloud", StringComparison.Ordinal)),
    ];

    private static bool IsOnPremises(SpecRoute route) => route.Template.StartsWith("/clusters", StringComparison.Ordinal);

    private static bool IsKafka(SpecExchange exchange) =>
        exchange.Path.StartsWith("/kafka/v3/", StringComparison.Ordinal) || exchange.Path.StartsWith("/v3/", StringComparison.Ordinal);
}
