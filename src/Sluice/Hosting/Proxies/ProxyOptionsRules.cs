using System.Net;
using Microsoft.Extensions.Options;

namespace Sluice.Hosting.Proxies;

/// <summary>Each failure is a sentence for the operator.</summary>
internal sealed class ProxyOptionsRules : IValidateOptions<ProxyOptions>
{
    // Fields that mean something else: taking a certificate from one of them can only be a mistake.
    private static readonly string[] Taken = ["Authorization", "DPoP", "Host", "Cookie", "X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host"];

    public ValidateOptionsResult Validate(string? name, ProxyOptions options)
    {
        var failures = new List<string>();
        foreach (var address in options.Addresses)
        {
            if (Network(address) is not { } network)
            {
                failures.Add($"Addresses has '{address}', which is neither an address such as 10.0.0.5 nor a network such as 10.1.0.0/24.");
            }
            else if (network.PrefixLength == 0)
            {
                failures.Add($"Addresses has '{address}', which is everybody: anyone could then claim to be anyone. Name the proxies.");
            }
        }

        if (options.ClientCertificateHeader is { } header)
        {
            if (header.Length == 0 || header.Any(character => !char.IsAsciiLetterOrDigit(character) && character is not ('-' or '_'))
                || Taken.Contains(header, StringComparer.OrdinalIgnoreCase))
            {
                failures.Add("ClientCertificateHeader must be the name of a field that only the proxy writes, such as Client-Cert.");
            }

            if (options.Addresses.Count == 0)
            {
                failures.Add("ClientCertificateHeader needs Addresses: without them there is no proxy whose word would count.");
            }
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    /// <summary>The network, or the one address as a network; null when the text is neither.</summary>
    public static IPNetwork? Network(string text) =>
        IPNetwork.TryParse(text, out var network) ? network
        : IPAddress.TryParse(text, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
        : null;
}
