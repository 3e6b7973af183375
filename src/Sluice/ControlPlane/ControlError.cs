using Sluice.Http;

namespace Sluice.ControlPlane;

/// <summary>A failure of a control-plane request that the caller can act on. Travels as a value.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Code">For programs, such as <c>resource_already_exists</c>.</param>
/// <param name="Title">For people, the kind of failure.</param>
/// <param name="Detail">For people, what to do; the only part that Terraform and the CLI show.</param>
internal sealed record ControlError(int Status, string Code, string Title, string Detail)
{
    /// <summary>The member of the body that is to blame (RFC 6901).</summary>
    public string? Pointer { get; init; }

    /// <summary>The query or form parameter that is to blame.</summary>
    public string? Parameter { get; init; }

    /// <summary>For 409: the resource that is in the way.</summary>
    public string? Location { get; init; }

    /// <summary>The caller may not do what it asked for.</summary>
    public bool IsDenial => Code is "user_unauthorized" or "user_unauthenticated";

    /// <summary>Failures that the parts shared with the Kafka surfaces found.</summary>
    public static ControlError From(GatewayError error) => error.Status switch
    {
        400 or 422 => new(400, "invalid_request", "Invalid Request", error.Message),
        404 => new(404, "not_found", "Not Found", error.Message),
        405 => new(405, "method_not_allowed", "Method Not Allowed", error.Message),
        408 => new(408, "request_timeout", "Request Timeout", error.Message),
        413 => new(413, "request_too_large", "Request Too Large", error.Message),
        415 => new(415, "unsupported_media_type", "Unsupported Media Type", error.Message),
        503 => new(503, "unavailable", "Unavailable", error.Message),
        var status => new(status, "internal_error", "Error", error.Message),
    };
}
