using System.Text;
using Microsoft.Extensions.Options;
using Sluice.ControlPlane;
using Sluice.Identity;
using Sluice.State;
using Sluice.Sts;

namespace Sluice.Api;

/// <summary>Makes and ends the tokens of logins.</summary>
internal sealed class Logins(GatewayTokens tokens, Sessions sessions, IOptions<StsOptions> options, TimeProvider time)
{
    /// <summary>How long a token for Kafka REST is good: the CLI gets a new one with every command.</summary>
    public static readonly TimeSpan DataPlaneLifetime = TimeSpan.FromMinutes(15);

    public static PresentedCredentials Basic(string name, string password) =>
        new($"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{name}:{password}"))}", default);

    public string Session(ApiKey key, ControlLinks links) => Sign(key, links, TokenUse.Session, options.Value.SessionLifetime, sessions.Begin());

    /// <summary>A token for Kafka REST; it ends with the session that asked for it.</summary>
    public string DataPlane(ApiKey key, HttpContext context, ControlLinks links) =>
        Sign(key, links, TokenUse.DataPlane, DataPlaneLifetime, Presented(context)?.SessionId ?? sessions.Begin());

    /// <summary>Ends the session whose token the request carries.</summary>
    public void End(HttpContext context)
    {
        if (Presented(context) is { } claims)
        {
            sessions.End(claims);
        }
    }

    private string Sign(ApiKey key, ControlLinks links, TokenUse use, TimeSpan lifetime, string session)
    {
        var now = time.GetUtcNow();
        return tokens.Sign(new OwnClaims
        {
            Issuer = links.Gateway + "/sts/v1",
            Subject = key.OwnerId,
            Audience = links.Gateway,
            ClientId = key.Id,
            IssuedAt = now.ToUnixTimeSeconds(),
            Expires = (now + lifetime).ToUnixTimeSeconds(),
            Id = Guid.NewGuid().ToString("N"),
            Use = use,
            RestsOn = GatewayTokens.RestsOn(key),
            SessionId = session,
        });
    }

    // The request was authenticated before; here is only asked which token it was.
    private OwnClaims? Presented(HttpContext context)
    {
        var field = context.Request.Headers.Authorization.ToString();
        var token = field[(field.IndexOf(' ', StringComparison.Ordinal) + 1)..].TrimStart(' ');
        return tokens.LooksOwn(token) ? tokens.Read(token) : null;
    }
}
