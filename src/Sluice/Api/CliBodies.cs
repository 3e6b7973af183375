using System.Text.Json.Serialization;

namespace Sluice.Api;

/// <summary>Who logged in, as the Confluent CLI reads it. Its numbers mean nothing here: it shows resource ids.</summary>
internal sealed record CliUser(int Id, string Email, string FirstName, string LastName, string ResourceId, bool ServiceAccount);

internal sealed record CliOrganization(int Id, string Name, string ResourceId);

/// <summary>An environment under its old name.</summary>
internal sealed record CliAccount(string Id, string Name, int OrganizationId, string OrgResourceId);

/// <summary>Answer of <c>POST /api/sessions</c>. <paramref name="Token"/> must look like a JWT: the CLI cannot save any other.</summary>
internal sealed record SessionReply(string Token, CliUser User, CliOrganization Organization);

/// <summary>Answer of <c>GET /api/me</c>. The first of the accounts becomes the CLI's current environment.</summary>
internal sealed record MeReply(CliUser User, CliOrganization Organization, IReadOnlyList<CliAccount> Accounts);

/// <summary>Answer of <c>GET /api/login/realm</c>: everybody logs in with a key.</summary>
internal sealed record RealmReply(string Realm, bool IsSso);

/// <summary>Answer of <c>DELETE /api/sessions</c>: nothing to say.</summary>
internal sealed record LogOutReply;

/// <summary>Answer of <c>POST …/api/access_tokens</c>.</summary>
internal sealed record AccessTokenReply(string Token);

/// <summary>Answer of <c>GET /security/1.0/authenticate</c>, the login of the CLI's on-premises mode.</summary>
internal sealed record MdsTokenReply(string AuthToken, string TokenType, long ExpiresIn);

/// <summary>How these routes say no: the CLI reads neither of the other two error bodies here.</summary>
internal sealed record CliErrorReply(CliError Error);

internal sealed record CliError(int Code, string Message);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(SessionReply))]
[JsonSerializable(typeof(MeReply))]
[JsonSerializable(typeof(RealmReply))]
[JsonSerializable(typeof(LogOutReply))]
[JsonSerializable(typeof(AccessTokenReply))]
[JsonSerializable(typeof(MdsTokenReply))]
[JsonSerializable(typeof(CliErrorReply))]
internal sealed partial class CliJson : JsonSerializerContext;
