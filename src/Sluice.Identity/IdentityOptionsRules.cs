using System.Net;
using Microsoft.Extensions.Options;

namespace Sluice.Identity;

/// <summary>What attributes cannot say about the settings. Each failure is a sentence for the operator.</summary>
internal sealed class IdentityOptionsRules : IValidateOptions<IdentityOptions>
{
    public ValidateOptionsResult Validate(string? name, IdentityOptions options)
    {
        var failures = new List<string>();
        foreach (var network in options.Outbound.AllowedNetworks)
        {
            if (!IPNetwork.TryParse(network, out _))
            {
                failures.Add($"Sluice:Identity:Outbound:AllowedNetworks has '{network}', which is not a network such as 10.20.0.0/16.");
            }
        }

        if (options.Outbound.Proxy is { } proxy && !(Uri.TryCreate(proxy, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"))
        {
            failures.Add("Sluice:Identity:Outbound:Proxy must be a URL such as http://proxy.example.com:3128.");
        }

        if (options.Outbound.CaFile is { } file && !File.Exists(file))
        {
            failures.Add($"Sluice:Identity:Outbound:CaFile: there is no file '{file}'.");
        }

        if (options.PublicUrl is { } url && !(Uri.TryCreate(url, UriKind.Absolute, out var own) && own.Scheme is "http" or "https"))
        {
            failures.Add("Sluice:Identity:PublicUrl must be a URL such as https://kafka.example.com.");
        }

        // RFC 6749 §3.3.
        foreach (var scope in options.Scopes.Where(scope => scope.Length == 0 || scope.Any(character => character is <= ' ' or '"' or '\\' or > '~')))
        {
            failures.Add($"Sluice:Identity:Scopes has '{scope}', which is not one scope: printable ASCII without spaces, quotes and backslashes.");
        }

        if (options.Dpop.NonceKey is { } key && !HasBytes(key, 32))
        {
            failures.Add("Sluice:Identity:Dpop:NonceKey must be at least 32 bytes in base64.");
        }

        if (options.MaxTokenLifetime is { } lifetime && lifetime <= TimeSpan.Zero)
        {
            failures.Add("Sluice:Identity:MaxTokenLifetime must be longer than nothing.");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static bool HasBytes(string base64, int least)
    {
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out var written) && written >= least;
    }
}
