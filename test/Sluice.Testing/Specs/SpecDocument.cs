using NSwag;

namespace Sluice.Testing.Specs;

/// <summary>One OpenAPI file, with its operations findable by method and path.</summary>
public sealed class SpecDocument
{
    private readonly SpecRoute[] _routes;

    private SpecDocument(string name, OpenApiDocument document)
    {
        Name = name;
        _routes = [.. document.Paths
            .SelectMany(static path => path.Value.Select(pair => new SpecRoute(pair.Key.ToUpperInvariant(), path.Key, pair.Value)))
            .OrderByDescending(static route => route.Literals)];
    }

    public string Name { get; }

    public IReadOnlyList<SpecRoute> Routes => _routes;

    /// <summary>Reads JSON or YAML.</summary>
    public static async Task<SpecDocument> LoadAsync(string file) =>
        Parse(Path.GetFileName(file), await File.ReadAllTextAsync(file));

    public static SpecDocument Parse(string name, string text) => new(name, text.TrimStart().StartsWith('{')
        ? OpenApiDocument.FromJsonAsync(text).GetAwaiter().GetResult()
        : OpenApiYamlDocument.FromYamlAsync(text).GetAwaiter().GetResult());

    /// <summary>The operation that serves a request; of several, the one with the most literal segments. Null when there is none.</summary>
    public SpecRoute? Find(string method, string path) => Array.Find(_routes, route => route.Matches(method, path));
}
