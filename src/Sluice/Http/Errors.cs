namespace Sluice.Http;

/// <summary>The catalogue of errors that the gateway itself gives; what Kafka says comes through <see cref="KafkaErrors"/>.</summary>
internal static class Errors
{
    public static GatewayError NotFound { get; } = new(404, 404, "HTTP 404 Not Found");

    public static GatewayError MethodNotAllowed { get; } = new(405, 405, "HTTP 405 Method Not Allowed");

    public static GatewayError NotAcceptable { get; } = new(406, 406, "HTTP 406 Not Acceptable: this endpoint answers application/json only");

    public static GatewayError UnsupportedMediaType { get; } =
        new(415, 415, "HTTP 415 Unsupported Media Type: send Content-Type: application/json");

    public static GatewayError SlowBody { get; } = new(408, 408, "HTTP 408 Request Timeout: the request body came too slowly");

    public static GatewayError Internal { get; } = new(500, 500, "Internal Server Error");

    public static GatewayError BodyTooLarge(long limit) => new(413, 413, $"The request body is larger than {limit} bytes");

    /// <summary>The wording differs below <c>/consumer-groups</c>, as clients know it.</summary>
    public static GatewayError ClusterNotFound(string cluster, bool isAboutConsumerGroups) =>
        new(404, 404, $"Cluster {cluster} {(isAboutConsumerGroups ? "could not" : "cannot")} be found.");

    public static GatewayError BadRequest(string message) => new(400, 400, message);

    /// <summary>Well-formed JSON with a member that the operation does not know.</summary>
    public static GatewayError UnrecognizedField(string name) => new(422, 422, $"Unrecognized field: {name}");

    /// <summary>Well-formed JSON whose content the operation cannot take (<c>42206</c>).</summary>
    public static GatewayError Payload(string detail) => new(422, 42206, $"Payload error. {detail}");

    /// <summary>A batch of records that is not one (<c>42208</c>).</summary>
    public static GatewayError Batch(string detail) => new(422, 42208, $"Produce batch error. {detail}");
}
