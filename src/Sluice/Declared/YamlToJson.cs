using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Sluice.Declared;

/// <summary>A YAML document as JSON, by YAML 1.2's core schema: plain scalars are null, booleans or numbers when they look so, quoted ones are text.</summary>
internal static class YamlToJson
{
    private const int MaxDepth = 32;
    private const int MaxNodes = 1_000_000;

    /// <exception cref="YamlException">Not YAML, or nested too deeply, or blown up by aliases.</exception>
    public static JsonNode? Convert(string text)
    {
        var stream = new YamlStream();
        using var reader = new StringReader(text);
        stream.Load(reader);
        var left = MaxNodes;
        return stream.Documents.Count == 0 ? null : Convert(stream.Documents[0].RootNode, 1, ref left);
    }

    private static JsonNode? Convert(YamlNode node, int depth, ref int left)
    {
        if (depth > MaxDepth || --left < 0)
        {
            throw new YamlException(node.Start, node.End, $"Nested deeper than {MaxDepth} levels, or more than {MaxNodes} values.");
        }

        switch (node)
        {
            case YamlMappingNode mapping:
                var result = new JsonObject();
                foreach (var (key, value) in mapping.Children)
                {
                    if (key is not YamlScalarNode { Value: { } name })
                    {
                        throw new YamlException(key.Start, key.End, "A key must be a name.");
                    }

                    result.Add(name, Convert(value, depth + 1, ref left));
                }

                return result;
            case YamlSequenceNode sequence:
                var items = new JsonArray();
                foreach (var item in sequence.Children)
                {
                    items.Add(Convert(item, depth + 1, ref left));
                }

                return items;
            default:
                return Scalar((YamlScalarNode)node);
        }
    }

    private static JsonValue? Scalar(YamlScalarNode scalar)
    {
        var text = scalar.Value ?? "";
        if (scalar.Style != ScalarStyle.Plain)
        {
            return JsonValue.Create(text);
        }

        return text switch
        {
            "" or "~" or "null" or "Null" or "NULL" => null,
            "true" or "True" or "TRUE" => JsonValue.Create(true),
            "false" or "False" or "FALSE" => JsonValue.Create(false),
            _ when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => JsonValue.Create(number),
            _ => JsonValue.Create(text),
        };
    }
}
