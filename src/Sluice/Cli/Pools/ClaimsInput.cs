using System.Buffers.Text;
using System.Text.Json;

namespace Sluice.Cli.Pools;

/// <summary>The claims that a filter is tried on: a JSON file, or the payload of a token.</summary>
internal static class ClaimsInput
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <param name="io">For standard input.</param>
    /// <param name="file">A file, or <c>-</c> for standard input.</param>
    /// <exception cref="CommandFailure">It is no JSON object.</exception>
    public static JsonElement FromFile(CommandIo io, string file)
    {
        // Shells of Windows put a byte order mark before what they pipe; files lose it when they are read.
        var text = file == "-" ? io.In.ReadToEnd().TrimStart('\uFEFF') : InputFile.Read(file, "The claims file");
        return Parse(text, file == "-" ? "Standard input" : file);
    }

    /// <summary>The payload, as it stands there: nothing about the token is checked.</summary>
    /// <exception cref="CommandFailure">It is no JWT.</exception>
    public static JsonElement FromToken(string token)
    {
        var parts = token.Split('.');
        if (parts.Length != 3 || !Base64Url.IsValid(parts[1]))
        {
            throw CommandFailure.Usage("The token is no signed JWT: it must have three parts in base64url with dots in between.");
        }

        return Parse(System.Text.Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[1])), "The token's payload");
    }

    private static JsonElement Parse(string text, string what)
    {
        try
        {
            using var document = JsonDocument.Parse(text, Strict);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? document.RootElement.Clone()
                : throw CommandFailure.Usage($"{what} is no JSON object.", """It must be a token's claims, such as {"sub": "billing", "aud": "kafka"}.""");
        }
        catch (JsonException malformed)
        {
            throw CommandFailure.Usage(NamesTwice(text)
                ? $"{what} names a member twice: {malformed.Message} A gateway refuses such a token."
                : $"{what} is no JSON: {malformed.Message}");
        }
    }

    private static bool NamesTwice(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
