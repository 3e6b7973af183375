using System.Text.Json.Serialization;

namespace Sluice.Dev;

/// <summary>What a client needs to use a running <c>sluice dev</c>: the line that <c>--output json</c> prints.</summary>
internal sealed record DevInfo
{
    public required string Url { get; init; }

    public required string OktaTokenUrl { get; init; }

    public required string EntraTokenUrl { get; init; }

    public required string ClientId { get; init; }

    public required string ClientSecret { get; init; }

    public required string Scope { get; init; }

    public required string ProviderId { get; init; }

    public required string PoolId { get; init; }

    public required string ClusterId { get; init; }

    public required string ClusterCrn { get; init; }

    /// <summary>Bootstrap servers of the cluster behind the gateway; only with <c>--kafka</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Kafka { get; init; }

    public required string ApiKey { get; init; }

    public required string ApiSecret { get; init; }

    /// <summary>The CA to give to <c>curl --cacert</c>; only with <c>--tls</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? CaFile { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(DevInfo))]
internal sealed partial class DevInfoJson : JsonSerializerContext;
