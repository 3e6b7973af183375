using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sluice.Cli.Output;

/// <summary>Reads and writes members of JSON objects by path (RFC 6901), as far as resources need it: objects only.</summary>
internal static class JsonPointer
{
    /// <returns>The member as text; empty when there is none.</returns>
    public static string Text(JsonElement root, string pointer)
    {
        foreach (var name in Names(pointer))
        {
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty(name, out root))
            {
                return "";
            }
        }

        return root.ValueKind switch
        {
            JsonValueKind.String => root.GetString()!,
            JsonValueKind.Null or JsonValueKind.Undefined => "",
            JsonValueKind.Array => string.Join(", ", root.EnumerateArray().Select(e => Text(e, ""))),
            _ => root.GetRawText(),
        };
    }

    /// <summary>Puts a member in place, with the objects around it.</summary>
    public static void Set(JsonObject root, string pointer, JsonNode? value)
    {
        var names = Names(pointer);
        foreach (var name in names[..^1])
        {
            if (root[name] is not JsonObject inner)
            {
                root[name] = inner = [];
            }

            root = inner;
        }

        root[names[^1]] = value;
    }

    private static string[] Names(string pointer) => pointer.Length == 0 ? [] : pointer[1..].Split('/');
}
