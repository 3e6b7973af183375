using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.HttpResults;
using Sluice.ControlPlane;
using Sluice.Http;
using Sluice.Identity;
using Sluice.State;

namespace Sluice.Api;

// The Confluent CLI's login (`confluent login --url http://HOST:PORT/confluent.cloud`): an API key's id as e-mail, its secret as password
//   GET    /api/login/realm      nobody has single sign-on
//   POST   /api/sessions         {email, password} → a session token; 401
//   DELETE /api/sessions         ends the session
//   GET    /api/me               who it is, the organization, the environments that its roles are in
//   POST   /api/access_tokens    a token for Kafka REST; also as /confluent.cloud/api/access_tokens, which is how the CLI asks
//   POST   /api/cli/v1/usages    taken and forgotten
//   GET    /security/1.0/authenticate   the on-premises mode's login: Basic in, a token for Kafka REST out
// What else the CLI asks for (free trial, usage limits, old lists of users) it takes a 404 for.

internal static class CliEndpoints
{
    /// <summary>What a login's URL may end with: the CLI takes the URL for a cloud's only if it holds one of these, and puts paths behind it.</summary>
    public static readonly string[] Platforms = ["/confluent.cloud", "/cpdev.cloud", "/confluentgov.com", "/confluentgov-internal.com"];

    public static void MapCliLogin(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/login/realm", () => Ok(new RealmReply("", false), CliJson.Default.RealmReply));
        app.MapPost("/api/sessions", LogInAsync);
        app.MapPost("/api/cli/v1/usages", () => TypedResults.Ok());
        app.MapGet("/security/1.0/authenticate", Authenticate).WithMetadata(NeedsCaller.Anybody);

        foreach (var prefix in (string[])["", .. Platforms])
        {
            var session = app.MapGroup(prefix).WithMetadata(NeedsCaller.Anybody);
            session.MapDelete("/api/sessions", LogOut);
            session.MapGet("/api/me", Me);
            session.MapPost("/api/access_tokens", CreateAccessToken);
        }
    }

    private static async Task<IResult> LogInAsync(ControlRequest request, IAuthenticator keys, Logins logins)
    {
        var (body, error) = await JsonBody.ReadObjectAsync(request.Context, "A JSON object with email and password is required.");
        if (!error.IsNone)
        {
            return Error(error.Status == 422 ? 400 : error.Status, error.Message);
        }

        var (name, password) = (Text(body, "email"), Text(body, "password"));
        if (name.Length == 0 || password.Length == 0)
        {
            return Error(400, "email and password are required: an API key's id and its secret.");
        }

        if (Text(body, "org_resource_id") is { Length: > 0 } organization && organization != request.State.Organization.Id)
        {
            return Error(401, $"There is no organization '{organization}' here.");
        }

        var outcome = await keys.AuthenticateAsync(Logins.Basic(name, password), request.Aborted);
        if (!outcome.TryGet(out var caller, out _) || caller.ApiKeyId is null || caller.ResourceId is not (null or ApiKey.Cloud))
        {
            return Error(401, "Incorrect e-mail or password: use a Cloud API key's id as e-mail and its secret as password.");
        }

        request.Context.Response.Headers.CacheControl = "no-store";
        var key = request.State.ApiKeys.GetValueOrDefault(caller.ApiKeyId);
        return key is null
            ? Error(401, "The API key was deleted just now.")
            : Ok(
                new SessionReply(logins.Session(key, request.Links), CliView.User(request.State, key), CliView.Organization(request.State)),
                CliJson.Default.SessionReply);
    }

    private static IResult LogOut(ControlRequest request, Logins logins)
    {
        logins.End(request.Context);
        return Ok(new LogOutReply(), CliJson.Default.LogOutReply);
    }

    private static IResult Me(ControlRequest request) =>
        Key(request) is { } key
            ? Ok(new MeReply(CliView.User(request.State, key), CliView.Organization(request.State), CliView.Accounts(request.State, request.AccessIn(request.State))), CliJson.Default.MeReply)
            : Error(401, "This is for callers with an API key or a session made with one.");

    private static IResult CreateAccessToken(ControlRequest request, Logins logins)
    {
        request.Context.Response.Headers.CacheControl = "no-store";
        return Key(request) is { } key
            ? Ok(new AccessTokenReply(logins.DataPlane(key, request.Context, request.Links)), CliJson.Default.AccessTokenReply)
            : Error(401, "This is for callers with an API key or a session made with one.");
    }

    private static IResult Authenticate(ControlRequest request, Logins logins)
    {
        request.Context.Response.Headers.CacheControl = "no-store";
        return Key(request) is { } key
            ? Ok(
                new MdsTokenReply(logins.DataPlane(key, request.Context, request.Links), "Bearer", (long)Logins.DataPlaneLifetime.TotalSeconds),
                CliJson.Default.MdsTokenReply)
            : Error(401, "This is for callers with an API key.");
    }

    private static ApiKey? Key(ControlRequest request) =>
        request.Context.Features.Get<Caller>()?.ApiKeyId is { } id ? request.State.ApiKeys.GetValueOrDefault(id) : null;

    private static string Text(JsonElement body, string name) =>
        body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static IResult Ok<T>(T body, JsonTypeInfo<T> type) => ControlAnswers.Ok(body, type);

    private static JsonHttpResult<CliErrorReply> Error(int status, string message) =>
        TypedResults.Json(new CliErrorReply(new CliError(status, message)), CliJson.Default.CliErrorReply, ControlAnswers.Json, status);
}
