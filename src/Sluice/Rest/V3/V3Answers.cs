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

    /// <summary>What a path names, as a body; or why there is none.</summary>
    public static IResult Of<T, TBody>((T? Found, GatewayError Error) known, Func<T, TBody> body, JsonTypeInfo<TBody> type)
        where T : class => known.Found is { } found ? Ok(body(found), type) : Error(known.Error);

    /// <summary>What the cluster answered, as a body; or its error.</summary>
    public static IResult Of<T, TBody>(KafkaResult<T> result, Func<T, TBody> body, JsonTypeInfo<TBody> type) =>
        result.TryGet(out var value, out var error) ? Ok(body(value), type) : Error(error);
}
