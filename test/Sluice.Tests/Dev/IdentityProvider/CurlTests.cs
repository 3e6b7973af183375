using Sluice.Dev.IdentityProvider;
using Sluice.Testing;

namespace Sluice.Tests.Dev.IdentityProvider;

/// <summary>The commands that people paste, to the letter, with the host changed, by the real curl.</summary>
public sealed class CurlTests
{
    [Fact]
    public async Task The_okta_command_gets_a_token()
    {
        await using var host = await ProviderHost.StartAsync();

        var answer = await RunAsync($$"""
            curl --request POST \
              --url {{host.BaseUrl}}/oauth2/default/v1/token \
              --header 'accept: application/json' \
              --header 'authorization: Basic ZGV2LWNsaWVudDpkZXYtc2VjcmV0' \
              --header 'cache-control: no-cache' \
              --header 'content-type: application/x-www-form-urlencoded' \
              --data 'grant_type=client_credentials&scope=my-scope'
            """);

        Assert.Equal("Bearer", answer.Json.GetProperty("token_type").GetString());
        Assert.Equal(["my-scope"], answer.TokenPayload.GetProperty("scp").EnumerateArray().Select(scope => scope.GetString()));
    }

    [Fact]
    public async Task The_entra_command_gets_a_token_with_an_unescaped_at_sign_in_the_secret()
    {
        await using var host = await ProviderHost.StartAsync();

        var answer = await RunAsync($$"""
            curl -X POST -H "Content-Type: application/x-www-form-urlencoded" -d 'client_id={{ProviderHost.EntraClientId}}&scope=api://{{ProviderHost.EntraClientId}}/.default&client_secret={{ProviderHost.EntraSecret}}&grant_type=client_credentials' {{host.BaseUrl}}/{{DevelopmentIdentityProviderOptions.DefaultTenant}}/oauth2/v2.0/token
            """);

        Assert.Equal("Bearer", answer.Json.GetProperty("token_type").GetString());
        Assert.Equal(ProviderHost.EntraClientId, answer.TokenPayload.GetProperty("azp").GetString());
    }

    [Fact]
    public async Task The_entra_command_without_a_grant_type_is_told_so()
    {
        await using var host = await ProviderHost.StartAsync();

        var answer = await RunAsync($$"""
            curl -X POST -H "Content-Type: application/x-www-form-urlencoded" -d 'client_id={{ProviderHost.EntraClientId}}&scope=api://{{ProviderHost.EntraClientId}}/.default&client_secret={{ProviderHost.EntraSecret}}' {{host.BaseUrl}}/{{DevelopmentIdentityProviderOptions.DefaultTenant}}/oauth2/v2.0/token
            """);

        Assert.Equal("invalid_request", answer.Error);
        Assert.Contains("'grant_type' parameter is missing", answer.Description, StringComparison.Ordinal);
    }

    private static async Task<Answer> RunAsync(string command)
    {
        Assert.SkipUnless(Curl.Installed, Curl.Missing);
        return new Answer(0, await Curl.ShellAsync(command, ProviderHost.Cancel), new Dictionary<string, string>());
    }
}
