namespace Sluice.OpenApi.Operations;

/// <summary>The control plane: who is trusted, who is who, who may do what. Who may call each comes from its route (<see cref="ControlPlane.NeedsCaller"/>).</summary>
internal static class ControlOperations
{
    private const string Provider = "/iam/v2/identity-providers/{provider_id}";

    public static IReadOnlyList<Operation> All { get; } =
    [
        .. Collection(
            "/iam/v2/identity-providers", "{id}", "IdentityProvider", "identity provider", "identity providers",
            """
            "display_name": {"type": "string"}, "description": {"type": "string"}, "issuer": {"type": "string", "format": "uri"},
            "jwks_uri": {"type": "string", "format": "uri"}, "identity_claim": {"type": ["string", "null"]},
            "expected_audiences": {"type": ["array", "null"], "items": {"type": "string"}, "description": "An extension: tokens whose aud has none of these are refused."},
            "allowed_algorithms": {"type": ["array", "null"], "items": {"type": "string"}, "description": "An extension: tokens signed with another algorithm are refused, such as all but RS256."},
            "require_access_token_type": {"type": ["boolean", "null"], "description": "An extension: tokens whose header does not say typ at+jwt (RFC 9068) are refused."}
            """,
            """["display_name", "description", "issuer", "jwks_uri"]""",
            """
            {"display_name": "Company Okta", "description": "Employees and services", "issuer": "https://idp.example.com/oauth2/default",
             "jwks_uri": "https://idp.example.com/oauth2/default/v1/keys"}
            """),
        Op.Patch(Provider + "/jwks", "Fetch an identity provider's keys anew")
            .Takes(
                """{"type": "object", "required": ["spec"], "properties": {"spec": {"type": "object", "properties": {"jwks_status": {"type": "string", "enum": ["REFRESHED"]}}}}}""",
                """{"spec": {"jwks_status": "REFRESHED"}}""")
            .Gives(200, "Jwks"),
        .. Collection(
            Provider + "/identity-pools", "{id}", "IdentityPool", "identity pool", "identity pools",
            """
            "display_name": {"type": "string"}, "description": {"type": "string"}, "identity_claim": {"type": "string", "description": "The claim that names the caller, such as claims.sub."},
            "filter": {"type": "string", "description": "A CEL expression over claims: whom the pool takes."}
            """,
            """["display_name", "description", "identity_claim", "filter"]""",
            """{"display_name": "Order services", "description": "", "identity_claim": "claims.sub", "filter": "claims.aud == \"orders\""}"""),
        .. Collection(
            "/iam/v2/service-accounts", "{id}", "ServiceAccount", "service account", "service accounts",
            """ "display_name": {"type": "string"}, "description": {"type": "string"} """,
            """["display_name"]""",
            """{"display_name": "billing", "description": "Reads orders"}"""),
        .. Keys(),
        Page(Op.Get("/iam/v2/role-bindings", "List role bindings")).Says("Those in the caller's scope; others are left out.")
            .Query("crn_pattern", "string", "What they hold for; a trailing `/*` takes what is below.", required: true, example: "crn://confluent.cloud/organization=*")
            .Query("principal", "string", "Whose.").Query("role_name", "string", "Which role.").Lists("RoleBinding"),
        Op.Post("/iam/v2/role-bindings", "Grant a role")
            .Says("400 where the role means nothing at this scope; 403 outside the caller's scope, and for a role that gives more than the caller has there.")
            .Takes(
                """{"type": "object", "required": ["principal", "role_name", "crn_pattern"], "properties": {"principal": {"type": "string"}, "role_name": {"type": "string"}, "crn_pattern": {"type": "string"}}}""",
                """{"principal": "User:pool-dev", "role_name": "DeveloperWrite", "crn_pattern": "crn://confluent.cloud/organization=o/environment=env-1/cloud-cluster=lkc-dev/kafka=lkc-dev/topic=orders"}""")
            .Gives(201, "RoleBinding", "Granted."),
        Op.Get("/iam/v2/role-bindings/{id}", "Get a role binding").Says("404 outside the caller's scope, too.").Gives(200, "RoleBinding"),
        Op.Delete("/iam/v2/role-bindings/{id}", "Take a role back").Says("404 outside the caller's scope, too; 403 for a role that gives more than the caller has there.").Gives(200, "RoleBinding", "The binding that is gone."),
        Page(Op.Get("/iam/v2/users", "List users")).Lists("User"),
        Op.Get("/iam/v2/users/{id}", "Get a user").Gives(200, "User"),
        Op.Patch("/iam/v2/users/{id}", "Change a user")
            .Takes("""{"type": "object", "properties": {"full_name": {"type": "string"}}}""", """{"full_name": "Ann Example"}""").Gives(200, "User"),
        Op.Delete("/iam/v2/users/{id}", "Delete a user").Says("Keys and role bindings go with the user.").Gives(204),
        .. Collection(
            "/org/v2/environments", "{id}", "Environment", "environment", "environments",
            """ "display_name": {"type": "string"}, "stream_governance_config": {"type": ["object", "null"], "properties": {"package": {"type": "string"}}} """,
            """["display_name"]""",
            """{"display_name": "production"}""").Select(operation => (operation.Method, operation.Path) is ("GET", "/org/v2/environments" or "/org/v2/environments/{id}")
                ? operation.Says("Only environments that a role of the caller is in.")
                : operation),
        Page(Op.Get("/org/v2/organizations", "List organizations")).Says("There is one.").Lists("Organization"),
        Op.Get("/org/v2/organizations/{id}", "Get the organization").Gives(200, "Organization"),
        Op.Patch("/org/v2/organizations/{id}", "Change the organization")
            .Takes("""{"type": "object", "properties": {"display_name": {"type": "string"}}}""", """{"display_name": "Example Ltd"}""").Gives(200, "Organization"),
        Page(Op.Get("/cmk/v2/clusters", "List Kafka clusters")).Says("Where clients find out the address of Kafka REST. Only clusters in the caller's scope, or with something of it.")
            .Query("environment", "string", "Whose clusters.").Lists("Cluster"),
        Op.Get("/cmk/v2/clusters/{id}", "Get a Kafka cluster").Query("environment", "string", "Whose cluster.").Gives(200, "Cluster"),
        Op.Get("/sluice/v1/changes", "List what administrators changed").Says("Oldest first.")
            .Query("after", "integer", "Only changes after this version.").Query("page_size", "integer", "1 to 1,000.")
            .Query("resource_kind", "string", "Only of this kind.").Query("resource_id", "string", "Only of this resource.").Gives(200, "ChangeList"),
    ];

    /// <summary>The five operations that most resources have.</summary>
    private static IEnumerable<Operation> Collection(
        string path, string id, string type, string one, string many, string properties, string required, string example) =>
    [
        Page(Op.Get(path, $"List {many}")).Lists(type),
        Op.Post(path, $"Create {An(one)}")
            .Takes($$"""{"type": "object", "required": {{required}}, "properties": { {{properties}} } }""", example).Gives(201, type, "Created; Location has its address."),
        Op.Get($"{path}/{id}", $"Get {An(one)}").Gives(200, type),
        Op.Patch($"{path}/{id}", $"Change {An(one)}").Says("Only what is given changes.")
            .Takes($$"""{"type": "object", "properties": { {{properties}} } }""", example).Gives(200, type),
        Op.Delete($"{path}/{id}", $"Delete {An(one)}").Says("409 while something uses it.").Gives(204),
    ];

    private static IEnumerable<Operation> Keys() =>
    [
        Page(Op.Get("/iam/v2/api-keys", "List API keys")).Says("Never with their secrets.")
            .Query("spec.owner", "string", "Whose.").Query("spec.resource", "string", "For which cluster.").Lists("ApiKey"),
        Op.Post("/iam/v2/api-keys", "Create an API key").Says("The secret is in this answer and never again.")
            .Takes(
                """
                {"type": "object", "required": ["spec"], "properties": {"spec": {"type": "object", "required": ["owner"], "properties": {
                  "display_name": {"type": "string"}, "description": {"type": "string"},
                  "owner": {"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}}},
                  "resource": {"type": "object", "properties": {"id": {"type": "string"}}}}}}}
                """,
                """{"spec": {"display_name": "billing", "owner": {"id": "sa-abc123"}, "resource": {"id": "lkc-dev"}}}""")
            .Gives(202, "ApiKey", "Created."),
        Op.Get("/iam/v2/api-keys/{id}", "Get an API key").Gives(200, "ApiKey"),
        Op.Patch("/iam/v2/api-keys/{id}", "Change an API key's name and description")
            .Takes(
                """{"type": "object", "properties": {"spec": {"type": "object", "properties": {"display_name": {"type": "string"}, "description": {"type": "string"}}}}}""",
                """{"spec": {"display_name": "billing"}}""")
            .Gives(200, "ApiKey"),
        Op.Delete("/iam/v2/api-keys/{id}", "Delete an API key").Gives(204),
    ];

    private static Operation Page(Operation operation) => operation
        .Query("page_size", "integer", "How many in one answer.", example: "10")
        .Query("page_token", "string", "Where to go on: out of `metadata.next`.");

    private static string An(string noun) => "aeiou".Contains(noun[0], StringComparison.Ordinal) ? $"an {noun}" : $"a {noun}";
}
