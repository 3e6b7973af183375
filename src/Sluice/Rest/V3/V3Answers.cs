using System.Text.Json.Serialization.Metadata;
using Sluice.Http;
using Sluice.Kafka;

namespace Sluice.Rest.V3;

/// <summary>The few ways a v3 handler answers.</summary>
internal static class V3Answers
{
    public static IResult Ok<T>(T body, JsonTypeInfo<T> type) => new JsonAnswer<T>(body, type);

    public static IResult Error(GatewayError error) => new ErrorResult(error);

    public static IResult Error(KafkaError error) => new ErrorResult(KafkaErrors.ToGateway(error));
}
