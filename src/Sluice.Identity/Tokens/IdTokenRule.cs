using System.Runtime.InteropServices;
using System.Text.Json;

namespace Sluice.Identity.Tokens;

/// <summary>Knows ID tokens (OpenID Connect Core §2) among tokens that nothing names access tokens.</summary>
internal static class IdTokenRule
{
    /// <summary>Null when it is no ID token as far as can be told.</summary>
    public static Refusal? Check(in SeenClaims found)
    {
        if (found.Hash is not null)
        {
            return Not($"It has {found.Hash}, as ID tokens have, and nothing that says it is an access token.");
        }

        // Azure AD B2C, authentik and CAS copy the nonce into access tokens; these say what was granted, and to whom.
        var namesClient = found.HasClient || found.AuthorizedParty.ValueKind != JsonValueKind.Undefined;
        if (found.HasNonce && !(found.HasGrant && namesClient))
        {
            return Not("It has nonce, as ID tokens have, and does not say what was granted to which client as access tokens do.");
        }

        if (found.HasEntraShape)
        {
            return found.HasEntraClient ? null : Not("It is Entra ID's (tid, ver) and names no client (azp, appid) as its access tokens do: an ID token.");
        }

        // Without aud it is no ID token: they must have one.
        if (found.HasGrant || found.Audience.ValueKind == JsonValueKind.Undefined)
        {
            return null;
        }

        if (found.Session is not null && !found.HasClient)
        {
            return Not($"It has {found.Session} and none of the claims of an access token: an ID token.");
        }

        return IsForItsClient(found) ? Not("It is meant for the client that it was given to (aud is azp or client_id), and grants nothing: an ID token.") : null;
    }

    // An audience that is the client itself: an access token is for somebody else, unless client and subject are one.
    private static bool IsForItsClient(in SeenClaims found)
    {
        var client = found.AuthorizedParty.ValueKind == JsonValueKind.String ? found.AuthorizedParty : found.Client;
        if (client.ValueKind != JsonValueKind.String || found.Subject.ValueKind != JsonValueKind.String || IsSame(found.Subject, client))
        {
            return false;
        }

        var audience = found.Audience;
        if (audience.ValueKind != JsonValueKind.Array)
        {
            return IsSame(audience, client);
        }

        // Access tokens may name their client among others, but then say nothing of a person's sign-in.
        if (audience.GetArrayLength() != 1 && (found.Session is null || found.HasScope))
        {
            return false;
        }

        foreach (var one in audience.EnumerateArray())
        {
            if (IsSame(one, client))
            {
                return true;
            }
        }

        return false;
    }

    // As they are written: an issuer spells one text one way.
    private static bool IsSame(JsonElement one, JsonElement other) =>
        JsonMarshal.GetRawUtf8Value(one).SequenceEqual(JsonMarshal.GetRawUtf8Value(other));

    private static Refusal Not(string detail) => new(RefusalRule.NotAnAccessToken, detail);
}
