namespace Sluice.Cli.Connections;

/// <summary>The address of a gateway, as a person writes it.</summary>
internal static class ServerUrl
{
    /// <returns>The address with a slash at its end.</returns>
    /// <exception cref="CommandFailure">It is no address.</exception>
    public static Uri Parse(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.Host.Length == 0)
        {
            throw CommandFailure.Usage($"'{PrintableUrl(text)}' is no http or https URL.", "Give the gateway's address, such as https://kafka.example.com.");
        }

        if (uri.UserInfo.Length > 0 || uri.Query.Length > 0 || uri.Fragment.Length > 0)
        {
            throw CommandFailure.Usage("The gateway's URL must have no user, query or fragment.", "The key is given with --api-key.");
        }

        return uri.AbsolutePath.EndsWith('/') ? uri : new Uri(uri.AbsoluteUri + "/");
    }

    /// <summary>True when the key would travel where others can read it.</summary>
    public static bool IsInTheClear(Uri uri) => uri.Scheme == Uri.UriSchemeHttp && !uri.IsLoopback;

    private static string PrintableUrl(string text) => Output.PrintableText.Of(text.Length > 100 ? text[..100] + "…" : text);
}
