using System.Text;
using System.Text.Json;
using Sluice.Identity;
using Sluice.State;
using YamlDotNet.Core;

namespace Sluice.Declared;

/// <summary>
/// Resources that files declare, in JSON or YAML: they are there from the start, win over the log, and cannot be changed through the API.
/// </summary>
/// <param name="Resources">Of all files together.</param>
/// <param name="Problems">A sentence each, with file and place; when there are any, the gateway must not start.</param>
/// <param name="Warnings">What is likely a mistake in a pool's filter, all the same.</param>
internal sealed record DeclaredResources(IReadOnlyList<IStateResource> Resources, IReadOnlyList<string> Problems, IReadOnlyList<string> Warnings)
{
    private const int MaxBytes = 64 * 1024 * 1024;

    private static readonly JsonDocumentOptions Json = new()
    {
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
        MaxDepth = 32,
        AllowDuplicateProperties = false,
    };

    /// <summary>Reads files (<c>.json</c>, or YAML under any other name).</summary>
    /// <param name="files">Paths.</param>
    /// <param name="identity">What provider addresses may be.</param>
    /// <param name="crnAuthority">What resource names begin with.</param>
    public static DeclaredResources Load(IEnumerable<string> files, IdentityOptions identity, string crnAuthority)
    {
        var reader = new ResourceReader(identity, crnAuthority);
        foreach (var file in files)
        {
            try
            {
                if (new FileInfo(file).Length > MaxBytes)
                {
                    reader.Problem(file, $"the file is larger than {MaxBytes} bytes.");
                    continue;
                }

                var text = File.ReadAllText(file, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true));
                using var document = Parse(file, text);
                reader.Read(file, document.RootElement);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or DecoderFallbackException)
            {
                reader.Problem(file, e.Message);
            }
            catch (JsonException e)
            {
                reader.Problem(file, Http.JsonProblem.Describe(e));
            }
            catch (YamlException e)
            {
                reader.Problem(file, $"malformed YAML (line {e.Start.Line}, column {e.Start.Column}): {e.Message}");
            }
        }

        return reader.Finish();
    }

    private static JsonDocument Parse(string file, string text) => file.EndsWith(".json", StringComparison.OrdinalIgnoreCase)
        ? JsonDocument.Parse(text, Json)
        : JsonDocument.Parse(YamlToJson.Convert(text)?.ToJsonString() ?? "{}");
}
