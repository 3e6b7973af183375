namespace Sluice.Identity.Credentials;

/// <summary>Refusals whose detail never varies, made once.</summary>
internal static class Refusals
{
    public static readonly Refusal NoCredentials = new(RefusalRule.NoCredentials, "The request has no Authorization field.");

    public static readonly Refusal TwoCredentials = new(RefusalRule.MalformedRequest, "The request has more than one Authorization field.");

    public static readonly Refusal UnknownScheme = new(
        RefusalRule.MalformedRequest, "The Authorization scheme is none of Bearer, DPoP and Basic.");

    public static readonly Refusal MalformedAuthorization = new(
        RefusalRule.MalformedRequest, "The Authorization field is not a scheme, spaces and one token.");

    public static readonly Refusal MalformedBasic = new(
        RefusalRule.MalformedRequest, "The Basic credentials are not base64 of key:secret in UTF-8.");

    public static readonly Refusal TokenInQuery = new(
        RefusalRule.MalformedRequest, "The query has an access_token; tokens are taken from the Authorization field only.");

    public static readonly Refusal BadApiKey = new(RefusalRule.BadApiKey, "No API key has this id and secret.");

    public static readonly Refusal EmptyPoolHeader = new(
        RefusalRule.MalformedRequest, "Confluent-Identity-Pool-Id is there but names no pool.")
    {
        PoolField = PoolFieldFault.Malformed,
    };

    public static readonly Refusal MalformedPoolHeader = new(
        RefusalRule.MalformedRequest, "Confluent-Identity-Pool-Id is not a list of pool ids (letters, digits, '-', '_') with commas between them.")
    {
        PoolField = PoolFieldFault.Malformed,
    };

    public static readonly Refusal PoolHeaderRequired = new(
        RefusalRule.NoPoolMatches, "The request names no pool, and Sluice:Identity:RequirePoolHeader is on.")
    {
        PoolField = PoolFieldFault.Required,
    };
}
