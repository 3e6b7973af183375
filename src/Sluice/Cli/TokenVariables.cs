namespace Sluice.Cli;

/// <summary>Environment variables of the client whose token is fetched.</summary>
internal static class TokenVariables
{
    public const string ClientId = "SLUICE_CLIENT_ID";
    public const string ClientSecret = "SLUICE_CLIENT_SECRET";
}
