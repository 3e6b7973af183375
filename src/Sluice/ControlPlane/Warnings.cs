using System.Text;

namespace Sluice.ControlPlane;

/// <summary>What an administrator should know although the request was carried out.</summary>
/// <remarks>A header field of its own, as Kubernetes does it: bodies are the Cloud's, to the letter.</remarks>
internal static class Warnings
{
    public const string Header = "Warning";

    /// <summary>Adds <c>Warning: 299 sluice "text"</c>.</summary>
    public static void Add(HttpContext context, string text)
    {
        var quoted = new StringBuilder("299 sluice \"");
        foreach (var c in text)
        {
            quoted.Append(c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                >= ' ' and <= '~' => c.ToString(),
                _ => " ",
            });
        }

        context.Response.Headers.Append(Header, quoted.Append('"').ToString());
    }
}
