using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing.Patterns;
using Sluice.ControlPlane;
using Sluice.Rest.V3;

namespace Sluice.OpenApi;

/// <summary>Makes the OpenAPI 3.1 document: a walk over the routes, each with the operation that describes it.</summary>
internal sealed class DocumentBuilder(IReadOnlyList<Surface> surfaces)
{
    private readonly SchemaLibrary _schemas = new();
    private readonly JsonObject _paths = [];
    private readonly HashSet<string> _tags = new(StringComparer.Ordinal);

    public JsonObject Build(IEnumerable<Endpoint> endpoints)
    {
        foreach (var (name, schema) in Shared.Schemas)
        {
            _schemas.Add(name, schema);
        }

        foreach (var (method, path, endpoint) in Routes.Of(endpoints).OrderBy(static route => route.Path, StringComparer.Ordinal))
        {
            if (Describe(method, path, endpoint) is { } operation)
            {
                var item = (JsonObject)(_paths[path] ??= new JsonObject());
                item[method.ToLowerInvariant()] ??= operation;
            }
        }

        return new JsonObject
        {
            ["openapi"] = "3.1.1",
            ["info"] = Shared.Info(),
            ["servers"] = new JsonArray(new JsonObject { ["url"] = "/", ["description"] = "This gateway" }),
            ["tags"] = new JsonArray([.. Tags().Select(static tag => new JsonObject { ["name"] = tag })]),
            ["paths"] = _paths,
            ["components"] = new JsonObject { ["schemas"] = _schemas.Components, ["securitySchemes"] = Shared.SecuritySchemes() },
        };
    }

    /// <summary>Readers see them in this order: the surfaces', and within each its operations'.</summary>
    private IEnumerable<string> Tags() => surfaces.SelectMany(static surface => surface.Operations.Select(surface.TagOf)).Distinct().Where(_tags.Contains);

    /// <returns>Null for a route that no surface describes: a test finds it.</returns>
    private JsonObject? Describe(string method, string path, RouteEndpoint endpoint)
    {
        foreach (var surface in surfaces)
        {
            if (surface.Find(method, path) is { } operation)
            {
                return Describe(surface, operation, path, endpoint);
            }
        }

        return null;
    }

    private JsonObject Describe(Surface surface, Operation operation, string path, RouteEndpoint endpoint)
    {
        var tag = surface.TagOf(operation);
        _tags.Add(tag);
        var described = new JsonObject
        {
            ["operationId"] = IdOf(operation.Method, path),
            ["tags"] = new JsonArray(tag),
            ["summary"] = operation.Summary,
        };
        // Who may call it, and what it needs, are said by the tables that hold for requests.
        string?[] sentences =
        [
            operation.Description,
            endpoint.Metadata.GetMetadata<NeedsCaller>() is { } who ? $"For {who}." : null,
            Rights.Of(operation.Method, operation.Path)?.Describe(),
        ];
        if (string.Join(' ', sentences.OfType<string>()) is { Length: > 0 } description)
        {
            described["description"] = description;
        }

        var parameters = new JsonArray([.. endpoint.RoutePattern.Parameters.Select(PathParameter), .. operation.Parameters.Select(QueryParameter)]);
        if (parameters.Count > 0)
        {
            described["parameters"] = parameters;
        }

        if (operation.Body is { } body)
        {
            described["requestBody"] = new JsonObject
            {
                ["required"] = true,
                ["content"] = new JsonObject
                {
                    [operation.BodyType] = new JsonObject { ["schema"] = body.DeepClone(), ["example"] = operation.BodyExample?.DeepClone() },
                },
            };
        }

        described["responses"] = Responses(surface, operation);
        described["security"] = operation.IsPublic ? new JsonArray() : surface.Security.DeepClone();
        return described;
    }

    private JsonObject Responses(Surface surface, Operation operation)
    {
        var responses = new JsonObject();
        foreach (var answer in operation.Answers)
        {
            var response = new JsonObject { ["description"] = answer.Description ?? (answer.Schema is null ? "Done." : "As asked for.") };
            if (answer.Schema is { } name)
            {
                var schema = Schema(surface, name);
                var content = new JsonObject { ["schema"] = schema };
                if (answer.MediaType == "application/json")
                {
                    content["example"] = new Examples(_schemas.Components).Of(schema);
                }

                response["content"] = new JsonObject { [answer.MediaType] = content };
            }

            responses[Text(answer.Status)] = response;
        }

        int[] errors = operation.IsPublic ? [] : [.. surface.Errors.Always, .. operation.Body is null ? [] : surface.Errors.WithBody];
        foreach (var status in errors.Order())
        {
            responses[Text(status)] ??= Shared.Error(status, surface.ErrorSchema, Schema(surface, surface.ErrorSchema));
        }

        return responses;
    }

    private JsonObject Schema(Surface surface, string name) =>
        Shared.Schemas.ContainsKey(name) ? SchemaLibrary.Reference(name)
        : (surface.Types(name) ?? surface.Types(name + "Body")) is { } type ? _schemas.Refer(type)
        : throw new InvalidOperationException($"{surface.Tag}: there is no type {name} to describe.");

    private static JsonNode PathParameter(RoutePatternParameterPart part)
    {
        var isInteger = part.ParameterPolicies.Any(static policy => policy.Content is "int" or "long");
        return new JsonObject
        {
            ["name"] = part.Name,
            ["in"] = "path",
            ["required"] = true,
            ["description"] = Shared.PathParameters.GetValueOrDefault(part.Name, $"The {part.Name.Replace('_', ' ')}."),
            ["schema"] = isInteger ? new JsonObject { ["type"] = "integer", ["format"] = "int32" } : new JsonObject { ["type"] = "string" },
        };
    }

    private static JsonNode QueryParameter(Parameter parameter)
    {
        var node = new JsonObject
        {
            ["name"] = parameter.Name,
            ["in"] = "query",
            ["required"] = parameter.Required,
            ["description"] = parameter.Description,
            ["schema"] = new JsonObject { ["type"] = parameter.Type },
        };
        if (parameter.Example is { } example)
        {
            node["example"] = example;
        }

        return node;
    }

    private static string IdOf(string method, string path) =>
        string.Join('_', path.Split(['/', '{', '}', '-', ':', '.'], StringSplitOptions.RemoveEmptyEntries).Prepend(method.ToLowerInvariant()))
        + (path.Contains("/-/", StringComparison.Ordinal) ? "_of_all" : "");

    private static string Text(int status) => status.ToString(CultureInfo.InvariantCulture);
}
