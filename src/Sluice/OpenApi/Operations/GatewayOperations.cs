namespace Sluice.OpenApi.Operations;

/// <summary>What this gateway has and others have not, and what tools ask any service.</summary>
internal static class GatewayOperations
{
    public static IReadOnlyList<Operation> All { get; } =
    [
        Op.Post("/sluice/v1/tokens:explain", "Explain why a token is let in or refused")
            .Says("An administrator may ask about any token, others about the one they show.")
            .Takes(
                """
                {"type": "object", "properties": {
                  "token": {"type": ["string", "null"], "description": "Left out: the one the request shows."},
                  "pool_id": {"type": ["string", "null"], "description": "As the header would have it."},
                  "operation": {"type": ["string", "null"], "description": "A Kafka operation; with resource."},
                  "resource": {"type": ["object", "null"], "properties": {"resource_type": {"type": "string"}, "resource_name": {"type": ["string", "null"]}}}}}
                """,
                """{"token": "eyJ…", "pool_id": "pool-dev", "operation": "WRITE", "resource": {"resource_type": "TOPIC", "resource_name": "orders"}}""")
            .Gives(200, "Explanation"),
        Op.Get("/.well-known/broker-keys.json", "Get the keys that sign tokens for brokers").Says("Where clusters see each caller as itself.").ForEverybody().Gives(200, "JwkSet"),
        Op.Post("/sts/v1/oauth2/token", "Exchange an identity provider's token for one of this gateway's").ForEverybody()
            .Says("RFC 8693. The new token acts as one identity pool, in the control plane too.")
            .Takes(
                """
                {"type": "object", "required": ["grant_type", "subject_token", "subject_token_type", "requested_token_type", "identity_pool_id"], "properties": {
                  "grant_type": {"type": "string", "enum": ["urn:ietf:params:oauth:grant-type:token-exchange"]},
                  "subject_token": {"type": "string"},
                  "subject_token_type": {"type": "string", "enum": ["urn:ietf:params:oauth:token-type:jwt"]},
                  "requested_token_type": {"type": "string", "enum": ["urn:ietf:params:oauth:token-type:access_token"]},
                  "identity_pool_id": {"type": "string"},
                  "expires_in": {"type": "integer", "description": "Seconds."}}}
                """,
                """
                {"grant_type": "urn:ietf:params:oauth:grant-type:token-exchange", "subject_token": "eyJ…",
                 "subject_token_type": "urn:ietf:params:oauth:token-type:jwt",
                 "requested_token_type": "urn:ietf:params:oauth:token-type:access_token", "identity_pool_id": "pool-dev"}
                """,
                "application/x-www-form-urlencoded")
            .Gives(200, "TokenReply").Gives(400, "ErrorEnvelope", "The request or the token is no good.").Gives(503, "ErrorEnvelope", "The provider's keys are out of reach."),
        Op.Get("/sts/v1/oauth2/keys", "Get the keys that sign this gateway's tokens").ForEverybody().Gives(200, "JwkSet"),
        Op.Get("/sts/v1/.well-known/openid-configuration", "Find the token exchange").ForEverybody().Gives(200, "StsDiscovery"),
        Op.Get("/.well-known/oauth-protected-resource", "Describe this gateway as a protected resource").Says("RFC 9728.").ForEverybody().Gives(200, "Anything"),
        Op.Get("/.well-known/oauth-protected-resource/{path}", "Describe a part of this gateway as a protected resource").ForEverybody()
            .Gives(200, "Anything").Gives(404, "Error", "There is no such part."),
        Op.Get("/healthz", "Tell whether the process is alive").ForEverybody().Gives(200, "Health"),
        Op.Get("/readyz", "Tell whether requests can be served").ForEverybody().Gives(200, "Health").Gives(503, "Health", "No cluster can be reached."),
        Op.Get("/metrics", "Get the metrics").Says("In Prometheus' text format.").ForEverybody().Gives(200, "Text", type: "text/plain"),
        Op.Get(OpenApiEndpoints.DocumentPath, "Get this document").ForEverybody().Gives(200, "Anything"),
    ];
}
