namespace Sluice.OpenApi.Operations;

/// <summary>What the Confluent CLI's login asks for.</summary>
internal static class CliOperations
{
    public static IReadOnlyList<Operation> All { get; } =
    [
        Op.Get("/api/login/realm", "Tell how to log in").ForEverybody().Gives(200, "RealmReply"),
        Op.Post("/api/sessions", "Log in").Says("An API key's id as e-mail, its secret as password.").ForEverybody()
            .Takes(
                """{"type": "object", "required": ["email", "password"], "properties": {"email": {"type": "string"}, "password": {"type": "string"}, "org_resource_id": {"type": "string"}}}""",
                """{"email": "ABCDEFGH12345678", "password": "…"}""")
            .Gives(200, "SessionReply").Gives(400, "CliErrorReply", "Something is missing.").Gives(401, "CliErrorReply", "No such key, or another secret."),
        Op.Delete("/api/sessions", "Log out").Gives(200, "LogOutReply"),
        Op.Get("/api/me", "Tell who is logged in").Gives(200, "MeReply"),
        Op.Post("/api/access_tokens", "Get a token for Kafka REST").Gives(200, "AccessTokenReply"),
        Op.Post("/api/cli/v1/usages", "Take usage figures, and forget them").ForEverybody().Gives(200),
        Op.Get("/security/1.0/authenticate", "Get a token for Kafka REST, the way of the stand-alone CLI").Gives(200, "MdsTokenReply"),
    ];
}
