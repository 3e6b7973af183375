using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Sluice.Tests.Hosting;

/// <summary>
/// Handlers whose parameters have the same types and names share the code that the request delegate generator made for one of them, whatever their
/// attributes say: then a parameter that stands for <c>group_id</c> in one path would be looked for as <c>consumer_group_id</c> in another.
/// </summary>
public sealed class GeneratedBindingsTests(Rest.V3.GatewayFixture fixture) : IClassFixture<Rest.V3.GatewayFixture>
{
    [Fact]
    public void Parameters_of_the_same_types_and_names_come_from_the_same_place()
    {
        var handlers = fixture.Gateway.Services.GetServices<EndpointDataSource>()
            .SelectMany(source => source.Endpoints)
            .Select(endpoint => endpoint.Metadata.GetMetadata<MethodInfo>())
            .OfType<MethodInfo>()
            .Distinct()
            .ToList();
        var clashes = handlers
            .GroupBy(handler => string.Join(", ", handler.GetParameters().Select(p => $"{p.ParameterType} {p.Name}")))
            .Where(same => same.Select(Sources).Distinct(StringComparer.Ordinal).Count() > 1)
            .Select(same => $"({same.Key}): {string.Join("; ", same.Select(h => $"{h.DeclaringType!.Name}.{h.Name} {Sources(h)}"))}")
            .ToList();

        Assert.True(handlers.Count > 100, $"only {handlers.Count} handlers were found");
        Assert.True(clashes.Count == 0, $"Name these parameters apart: {string.Join(Environment.NewLine, clashes)}");
    }

    private static string Sources(MethodInfo handler) => string.Join(", ", handler.GetParameters().Select(Source));

    private static string Source(ParameterInfo parameter)
    {
        var attributes = parameter.GetCustomAttributes();
        foreach (var attribute in attributes)
        {
            switch (attribute)
            {
                case IFromRouteMetadata route:
                    return $"route {route.Name}";
                case IFromQueryMetadata query:
                    return $"query {query.Name}";
                case IFromHeaderMetadata header:
                    return $"header {header.Name}";
                case IFromBodyMetadata:
                    return "body";
            }
        }

        return "";
    }
}
