using System.Text.RegularExpressions;
using NSwag;

namespace Sluice.Testing.Specs;

/// <summary>One operation of an OpenAPI file.</summary>
public sealed partial class SpecRoute
{
    private readonly Regex _path;

    internal SpecRoute(string method, string template, OpenApiOperation operation)
    {
        (Method, Template, Operation) = (method, template, operation);
        _path = new Regex($"^{Parameter().Replace(Regex.Escape(template).Replace(@"\{", "{", StringComparison.Ordinal), "([^/]+?)")}$", RegexOptions.CultureInvariant);
        Literals = template.Split('/').Count(static segment => !segment.StartsWith('{'));
    }

    public string Method { get; }

    /// <summary>Such as <c>/kafka/v3/clusters/{cluster_id}/topics</c>.</summary>
    public string Template { get; }

    public OpenApiOperation Operation { get; }

    internal int Literals { get; }

    internal bool Matches(string method, string path) => Method == method && _path.IsMatch(path);

    public override string ToString() => $"{Method} {Template}";

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameter();
}
