using System.Net;
using System.Net.Sockets;

namespace Sluice.Dev;

/// <summary>Where <c>sluice dev</c> listens: one loopback address. Its secrets are published, so nobody else may reach it.</summary>
internal static class DevAddress
{
    /// <returns>The address with its final port, or what is wrong with the setting.</returns>
    public static (Uri? Address, string? Problem) Resolve(string? urls, bool tls)
    {
        var text = urls ?? (tls ? DevOptions.DefaultUrl.Replace("http:", "https:", StringComparison.Ordinal) : DevOptions.DefaultUrl);
        if (text.Contains(';', StringComparison.Ordinal))
        {
            return (null, "--urls takes one address under `sluice dev`, because the identity provider's issuer is made from it.");
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
        {
            return (null, $"--urls must be an http or https address such as {DevOptions.DefaultUrl}, not '{text}'.");
        }

        if (uri.AbsolutePath != "/" || uri.Query.Length > 0 || uri.UserInfo.Length > 0)
        {
            return (null, $"--urls must have no path, query or user, such as {DevOptions.DefaultUrl}.");
        }

        if (!IsLoopback(uri))
        {
            return (null, $"--urls must be a loopback address (127.0.0.1, [::1] or localhost), not '{uri.Host}': "
                + "the secrets of `sluice dev` are printed in its manual. Use `sluice serve` for anything that others reach.");
        }

        if (tls != (uri.Scheme == "https"))
        {
            return (null, tls ? "--tls needs an https address in --urls." : "An https address in --urls needs --tls.");
        }

        return (new UriBuilder(uri) { Port = uri.Port == 0 ? FreePort() : uri.Port }.Uri, null);
    }

    private static bool IsLoopback(Uri uri) =>
        uri.Host == "localhost" || (IPAddress.TryParse(uri.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    /// <summary>The issuer holds the port, so it must be known before the listener starts.</summary>
    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
