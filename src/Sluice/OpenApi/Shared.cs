using System.Text.Json.Nodes;

namespace Sluice.OpenApi;

/// <summary>What operations have in common.</summary>
internal static class Shared
{
    public const string ResourceKey = "resource-key";
    public const string Token = "token";
    public const string Pool = "identity-pool";

    /// <summary>Bodies that are written without a type, because they are hot or not ours.</summary>
    public static readonly IReadOnlyDictionary<string, string> Schemas = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["DeliveryReport"] = """
            {
              "type": "object",
              "description": "What became of one record. Success is error_code 200, whatever the HTTP status; a failure has error_code and message only.",
              "required": ["error_code"],
              "properties": {
                "error_code": {"type": "integer", "format": "int32", "example": 200},
                "message": {"type": "string", "description": "Only of a failure: what to do about it."},
                "cluster_id": {"type": "string"},
                "topic_name": {"type": "string"},
                "partition_id": {"type": "integer", "format": "int32"},
                "offset": {"type": "integer", "format": "int64", "example": 17},
                "timestamp": {"type": "string", "format": "date-time"},
                "key": {"$ref": "#/components/schemas/DeliveredData"},
                "value": {"$ref": "#/components/schemas/DeliveredData"}
              },
              "example": {"error_code": 200, "cluster_id": "lkc-dev", "topic_name": "orders", "partition_id": 0, "offset": 17,
                "timestamp": "2026-01-31T12:00:00.123Z", "value": {"type": "JSON", "size": 12}}
            }
            """,
        ["DeliveredData"] = """
            {
              "type": "object",
              "required": ["type", "size"],
              "properties": {
                "type": {"type": "string", "enum": ["BINARY", "JSON", "STRING", "AVRO", "JSONSCHEMA", "PROTOBUF"]},
                "size": {"type": "integer", "format": "int32", "description": "Bytes as stored; -1 for null."},
                "subject": {"type": "string"},
                "schema_id": {"type": "integer", "format": "int32"},
                "schema_version": {"type": "integer", "format": "int32"}
              }
            }
            """,
        ["BatchReport"] = """
            {
              "type": "object",
              "required": ["successes", "failures"],
              "properties": {
                "successes": {"type": "array", "items": {"type": "object", "required": ["id", "cluster_id", "topic_name", "partition_id", "offset"], "properties": {
                  "id": {"type": "string"}, "cluster_id": {"type": "string"}, "topic_name": {"type": "string"},
                  "partition_id": {"type": "integer", "format": "int32"}, "offset": {"type": "integer", "format": "int64"},
                  "timestamp": {"type": "string", "format": "date-time"},
                  "key": {"$ref": "#/components/schemas/DeliveredData"}, "value": {"$ref": "#/components/schemas/DeliveredData"}}}},
                "failures": {"type": "array", "items": {"type": "object", "required": ["id", "error_code", "message"], "properties": {
                  "id": {"type": "string"}, "error_code": {"type": "integer"}, "message": {"type": "string"}}}}
              },
              "example": {"successes": [{"id": "1", "cluster_id": "lkc-dev", "topic_name": "orders", "partition_id": 0, "offset": 17,
                "timestamp": "2026-01-31T12:00:00.123Z", "value": {"type": "JSON", "size": 12}}],
                "failures": [{"id": "2", "error_code": 40402, "message": "Partition not found."}]}
            }
            """,
        ["JwkSet"] = """
            {"type": "object", "required": ["keys"], "properties": {"keys": {"type": "array", "items": {"type": "object"}}},
             "example": {"keys": [{"kty": "EC", "crv": "P-256", "kid": "1", "use": "sig", "alg": "ES256", "x": "…", "y": "…"}]}}
            """,
        ["Health"] = """
            {"type": "object", "required": ["status"], "properties": {"status": {"type": "string", "enum": ["Healthy", "Degraded", "Unhealthy"]}},
             "additionalProperties": {"type": "object", "additionalProperties": {"type": "string"}},
             "example": {"status": "Healthy", "clusters": {"lkc-dev": "Healthy"}}}
            """,
        ["Anything"] = """{"type": "object", "additionalProperties": true, "example": {}}""",
        ["Text"] = """{"type": "string"}""",
    };

    public static readonly IReadOnlyDictionary<string, string> PathParameters = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["cluster_id"] = "Id of the Kafka cluster, as the operator named it or as Kafka did.",
        ["topic_name"] = "Name of the topic.",
        ["partition_id"] = "Number of the partition, from 0.",
        ["broker_id"] = "Number of the broker.",
        ["name"] = "Name of the setting, such as `retention.ms`.",
        ["consumer_group_id"] = "Name of the consumer group.",
        ["consumer_id"] = "Id of the group's member.",
        ["provider_id"] = "Id of the identity provider, `op-…`.",
        ["id"] = "Id of the resource.",
        ["assignments_type"] = "`active`, `standby` or `warmup`.",
    };

    private static readonly Dictionary<int, (string Description, int Code, string ControlCode, string Message)> Errors = new()
    {
        [400] = ("The request, or Kafka, does not take it so.", 40002, "invalid_request", "Topic 'orders' already exists."),
        [401] = ("No credentials, or none that count.", 40101, "user_unauthenticated", "Authentication failed: the token has expired."),
        [402] = ("A quota is used up.", 402, "quota_exceeded", "There are 100 identity pools already."),
        [403] = ("The caller may not do this.", 40301, "user_unauthorized", "Not authorized to access topics: [orders]"),
        [404] = ("There is no such thing.", 40403, "not_found", "This server does not host this topic-partition."),
        [406] = ("The client does not accept JSON.", 406, "not_acceptable", "HTTP 406 Not Acceptable"),
        [408] = ("The body came too slowly.", 408, "request_timeout", "HTTP 408 Request Timeout"),
        [409] = ("Something is in the way.", 409, "resource_in_use", "The identity provider has pools. Delete them first."),
        [413] = ("The body is too large.", 413, "request_too_large", "The body is larger than 1 MiB."),
        [415] = ("The body is not of the media type that the operation takes.", 415, "unsupported_media_type", "HTTP 415 Unsupported Media Type: send Content-Type: application/json"),
        [422] = ("The body is missing, or a member of it is unknown or not acceptable.", 42206, "invalid_request", "Payload error. Request body is empty. Data is required."),
        [429] = ("Too much at once; try again later.", 429, "too_many_requests", "Request rate limit exceeded."),
        [500] = ("The gateway or Kafka failed; 50003 may pass if tried again.", 50003, "internal_error", "The request timed out."),
        [503] = ("The cluster, or what is needed to check the caller, is out of reach for now.", 50302, "unavailable", "The cluster cannot be reached."),
    };

    public static JsonObject Info() => new()
    {
        ["title"] = "Sluice",
        ["version"] = typeof(Shared).Assembly.GetName().Version!.ToString(3),
        ["summary"] = "Kafka over HTTPS, with your own identity provider.",
        ["description"] = """
            Kafka REST v3 under `/kafka/v3` and `/v3`, the control plane for identity providers, pools, service accounts, keys and role bindings,
            and what this gateway adds under `/sluice/v1`.

            A caller shows a **token** of an identity provider that the gateway trusts, usually with the **identity pool** it acts as, or the key
            and secret of an API key as HTTP Basic.
            """,
        ["license"] = new JsonObject { ["name"] = "Apache-2.0", ["identifier"] = "Apache-2.0" },
    };

    public static JsonObject SecuritySchemes() => new()
    {
        [ResourceKey] = new JsonObject
        {
            ["type"] = "http",
            ["scheme"] = "basic",
            ["description"] = "An API key: its id as user, its secret as password. Kafka REST takes a key of that cluster, the control plane a cloud key.",
        },
        [Token] = new JsonObject
        {
            ["type"] = "http",
            ["scheme"] = "bearer",
            ["bearerFormat"] = "JWT",
            ["description"] = "An OAuth 2.0 access token: for Kafka REST one of your identity provider, for the control plane one of `/sts/v1/oauth2/token`.",
        },
        [Pool] = new JsonObject
        {
            ["type"] = "apiKey",
            ["in"] = "header",
            ["name"] = "Confluent-Identity-Pool-Id",
            ["description"] = "Which identity pool the token's holder acts as: `pool-…`, several with commas. Without it every pool that matches counts.",
        },
    };

    public static JsonArray Security(bool pools)
    {
        var key = new JsonObject { [ResourceKey] = new JsonArray() };
        var token = new JsonObject { [Token] = new JsonArray() };
        return pools
            ? new JsonArray(key, new JsonObject { [Token] = new JsonArray(), [Pool] = new JsonArray() }, token)
            : new JsonArray(key, token);
    }

    public static JsonObject Error(int status, string schema, JsonObject reference)
    {
        var (description, code, controlCode, message) = Errors[status];
        JsonObject? example = schema switch
        {
            "ErrorEnvelope" => new() { ["errors"] = new JsonArray(new JsonObject { ["id"] = "7196a7aa-f748-4a08-890e-148011720563", ["status"] = $"{status}", ["code"] = controlCode, ["title"] = description, ["detail"] = message }) },
            "Error" => new() { ["error_code"] = code, ["message"] = message },
            _ => null,
        };
        return new JsonObject
        {
            ["description"] = description,
            ["content"] = new JsonObject
            {
                ["application/json"] = example is null
                    ? new JsonObject { ["schema"] = reference }
                    : new JsonObject { ["schema"] = reference, ["example"] = example },
            },
        };
    }
}
