using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Sluice.OpenApi;

/// <summary>Makes an example out of a schema, with values that fit the members' names.</summary>
internal sealed partial class Examples(JsonObject components)
{
    private const int MaxDepth = 8;

    private static readonly Dictionary<string, string> Texts = new(StringComparer.Ordinal)
    {
        ["cluster_id"] = "lkc-dev",
        ["topic_name"] = "orders",
        ["max_lag_topic_name"] = "orders",
        ["consumer_group_id"] = "billing",
        ["group_id"] = "billing",
        ["consumer_id"] = "billing-1-5a3f",
        ["client_id"] = "billing-1",
        ["principal"] = "User:pool-dev",
        ["host"] = "*",
        ["resource_name"] = "crn:///kafka=lkc-dev/topic=orders",
        ["name"] = "retention.ms",
        ["value"] = "604800000",
        ["display_name"] = "Order service",
        ["description"] = "Takes orders",
        ["filter"] = "claims.aud == \"orders\"",
        ["identity_claim"] = "claims.sub",
        ["issuer"] = "https://idp.example.com/oauth2/default",
        ["jwks_uri"] = "https://idp.example.com/oauth2/default/v1/keys",
        ["role_name"] = "DeveloperWrite",
        ["message"] = "This server does not host this topic-partition.",
        ["status"] = "404",
        ["token_type"] = "Bearer",
        ["email"] = "ann@example.com",
        ["full_name"] = "Ann Example",
        ["first"] = "https://gateway.example.com/iam/v2/identity-providers?page_size=10",
        ["last"] = "https://gateway.example.com/iam/v2/identity-providers?page_size=10",
        ["api_version"] = "iam/v2",
        ["id"] = "pool-a1b2",
        ["created_at"] = "2026-01-31T12:00:00Z",
        ["updated_at"] = "2026-01-31T12:00:00Z",
        ["state"] = "ENABLED",
        ["crn_pattern"] = "crn://confluent.cloud/organization=o/environment=env-1/cloud-cluster=lkc-dev/kafka=lkc-dev/topic=orders",
        ["availability"] = "SINGLE_ZONE",
        ["cloud"] = "SELF_HOSTED",
        ["region"] = "self-hosted",
        ["http_endpoint"] = "https://gateway.example.com",
        ["phase"] = "PROVISIONED",
        ["rack"] = "a",
        ["source"] = "DEFAULT_CONFIG",
        ["operation"] = "WRITE",
        ["permission"] = "ALLOW",
        ["resource_type"] = "TOPIC",
        ["pattern_type"] = "LITERAL",
        ["partition_assignor"] = "range",
        ["type"] = "CLASSIC",
        ["access_token"] = "eyJ…",
        ["issued_token_type"] = "urn:ietf:params:oauth:token-type:access_token",
        ["token"] = "eyJ…",
        ["auth_token"] = "eyJ…",
    };

    public JsonNode? Of(JsonNode? schema) => Of(schema, "", 0);

    private JsonNode? Of(JsonNode? schema, string name, int depth)
    {
        if (schema is not JsonObject node || depth > MaxDepth)
        {
            return null;
        }

        if (node["example"] is { } given)
        {
            return given.DeepClone();
        }

        if ((string?)node["$ref"] is { } reference)
        {
            var component = reference[(reference.LastIndexOf('/') + 1)..];
            var example = Of(components[component], name, depth);
            if (example is JsonObject resource && resource.ContainsKey("kind") && resource.ContainsKey("metadata"))
            {
                resource["kind"] = Area().Replace(component, "");
            }

            return example;
        }

        if ((node["anyOf"] ?? node["oneOf"]) is JsonArray choices)
        {
            return Of(choices[0], name, depth);
        }

        if (node["enum"] is JsonArray values)
        {
            return values[0]?.DeepClone();
        }

        var type = node["type"] is JsonArray types ? (string?)types[0] : (string?)node["type"];
        return type switch
        {
            "object" => Object(node, name, depth),
            "array" => new JsonArray(Of(node["items"], name, depth + 1)),
            "integer" => name is "error_code" ? 40403 : name.EndsWith("_count", StringComparison.Ordinal) ? 3 : 0,
            "number" => 0.5,
            "boolean" => false,
            "string" => name == "self" ? "https://gateway.example.com/kafka/v3/clusters/lkc-dev"
                : name == "related" ? "https://gateway.example.com/kafka/v3/clusters/lkc-dev/topics"
                : (string?)node["format"] == "date-time" ? "2026-01-31T12:00:00Z"
                : Texts.GetValueOrDefault(name, name.ToUpperInvariant()),
            _ => null,
        };
    }

    private JsonObject Object(JsonObject node, string name, int depth)
    {
        var example = new JsonObject();
        foreach (var (member, schema) in node["properties"] as JsonObject ?? [])
        {
            // v3 has no paging, and the only page of the control plane has no neighbours.
            var isRequired = node["required"] is JsonArray required && required.Any(one => (string?)one == member);
            if (member is "prev" or "next" && !(isRequired && schema?["type"] is not JsonArray))
            {
                if (schema?["type"] is JsonArray)
                {
                    example[member] = null;
                }

                continue;
            }

            example[member] = Of(schema, member, depth + 1);
        }

        if (example.Count == 0 && node["additionalProperties"] is JsonObject values)
        {
            example["name"] = Of(values, name, depth + 1);
        }

        return example;
    }

    /// <summary>In front of a resource's kind in a component's name.</summary>
    [GeneratedRegex("^(Iam|Org|Cmk)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Area();
}
