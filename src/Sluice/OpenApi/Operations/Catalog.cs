using System.Text.Json.Serialization.Metadata;
using Sluice.Api;
using Sluice.ControlPlane;
using Sluice.Explain;
using Sluice.Http;
using Sluice.Rest.V3;

namespace Sluice.OpenApi.Operations;

/// <summary>Everything that is described. A route that is not gets found by a test: add its operation to the list of its surface.</summary>
internal static class Catalog
{
    private static readonly (int[] Always, int[] WithBody) KafkaErrors = ([400, 401, 403, 404, 406, 429, 500, 503], [408, 413, 415, 422]);
    private static readonly (int[] Always, int[] WithBody) ControlErrors = ([400, 401, 403, 404, 429, 500, 503], [402, 408, 409, 413, 415, 422]);

    public static IReadOnlyList<Surface> Surfaces { get; } =
    [
        new("Kafka REST", KafkaRestV3.Prefixes, Shared.Security(pools: true), KafkaErrors, "Error", In(WireJson.Default, ErrorJson.Default), KafkaOperations.All),
        new("Control plane", ["", ControlSurface.CliPrefix], Shared.Security(pools: false), ControlErrors, "ErrorEnvelope", In(ControlJson.Wire), ControlOperations.All),
        new("Gateway", [""], Shared.Security(pools: true), KafkaErrors, "Error", In(ExplainJson.Default, ErrorJson.Default, ControlJson.Wire), GatewayOperations.All),
        new("Confluent CLI", ["", .. CliEndpoints.Platforms], Shared.Security(pools: false), ControlErrors, "ErrorEnvelope", In(CliJson.Default, ControlJson.Wire), CliOperations.All),
    ];

    /// <summary>The contexts' types, by their names in them: <c>TopicBody</c>, <c>ListBodyTopicBody</c>.</summary>
    private static Func<string, JsonTypeInfo?> In(params System.Text.Json.Serialization.JsonSerializerContext[] contexts) => name =>
        contexts.Select(context => context.GetType().GetProperty(name)?.GetValue(context) as JsonTypeInfo).FirstOrDefault(static type => type is not null);
}
