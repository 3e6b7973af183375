using Microsoft.Extensions.Options;

namespace Sluice.Dev.IdentityProvider;

/// <summary>Stops start-up on settings that make no sense, in a sentence that says what to change.</summary>
internal sealed class DevelopmentIdentityProviderOptionsValidator : IValidateOptions<DevelopmentIdentityProviderOptions>
{
    public ValidateOptionsResult Validate(string? name, DevelopmentIdentityProviderOptions options)
    {
        var problems = Problems(options).ToList();
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static IEnumerable<string> Problems(DevelopmentIdentityProviderOptions options)
    {
        if (options.PublicUrl is { } url && !IsOrigin(url))
        {
            yield return "The development identity provider's public URL must be like http://127.0.0.1:8082, with nothing after the port.";
        }

        if (string.IsNullOrWhiteSpace(options.DataDirectory))
        {
            yield return "The development identity provider needs a data directory for its signing keys.";
        }

        if (!Guid.TryParseExact(options.Tenant, "D", out _))
        {
            yield return $"The development tenant must be a GUID such as {DevelopmentIdentityProviderOptions.DefaultTenant}.";
        }

        if (string.IsNullOrEmpty(options.Audience) || !ScopeSyntax.IsToken(options.DefaultScope))
        {
            yield return "The development identity provider needs an audience, and one default scope of visible characters.";
        }

        if (options.TokenLifetime < TimeSpan.FromSeconds(1) || options.TokenLifetime > TimeSpan.FromDays(365))
        {
            yield return "The development identity provider's tokens must live between one second and a year.";
        }

        foreach (var client in options.Clients)
        {
            if (client.Id is "" || client.Id.AsSpan().ContainsAnyExceptInRange(' ', '~') || client.Secret is "")
            {
                yield return "Every development client needs an id of visible ASCII characters and a secret.";
            }
        }

        foreach (var id in options.Clients.GroupBy(client => client.Id, StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            yield return $"The development client {id.Key} is given twice; give each client once.";
        }
    }

    private static bool IsOrigin(Uri url) =>
        url.IsAbsoluteUri && (url.Scheme is "http" or "https") && url.PathAndQuery is "/" && url.UserInfo is "" && url.Fragment is "";
}
