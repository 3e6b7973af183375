using Sluice.State;

namespace Sluice.ControlPlane;

/// <summary>The one catalogue of control-plane failures.</summary>
internal static class ControlErrors
{
    public static ControlError Unauthenticated { get; } = new(
        401, "user_unauthenticated", "Authentication Required", "Send an administrator's API key as Basic credentials, or an STS token as Bearer.");

    public static ControlError BadCredentials { get; } = new(
        401, "user_unauthenticated", "Authentication Required", "Valid authentication credentials must be provided: invalid API key or token.");

    public static ControlError EmptyBody { get; } = new(400, "invalid_request", "Invalid Request", "A JSON object is required as request body.");

    /// <summary>
    /// The caller is known and has not the role that it needs. 401 for reads: Terraform takes a 403 on a read for "it was deleted" and makes everything anew.
    /// </summary>
    /// <param name="principal">The caller.</param>
    /// <param name="needed">The role and where it must be bound.</param>
    /// <param name="isRead">It asked only to read.</param>
    public static ControlError NotAnAdministrator(string principal, string needed, bool isRead) => isRead
        ? new(401, "user_unauthenticated", "Authentication Required", $"invalid API key or token for this API: {principal} may not read this. It needs the role {needed}.")
        : new(403, "user_unauthorized", "User Access Unauthorized", $"{principal} may not do this (invalid API key for this API). It needs the role {needed}.");

    /// <summary>A role binding that the caller may neither make nor delete.</summary>
    /// <param name="principal">The caller.</param>
    /// <param name="binding">What it asked for.</param>
    /// <param name="needed">Who may.</param>
    /// <param name="excess">What it gives beyond what the caller has; null: the caller owns nothing there.</param>
    public static ControlError MayNotAlter(string principal, RoleBinding binding, string needed, string? excess) => new(
        403,
        "user_unauthorized",
        "User Access Unauthorized",
        $"{principal} may not give or take {binding.RoleName} at {binding.CrnPattern}{(excess is null ? "" : $": {excess}, which {principal} has not itself")}. It needs the role {needed}.");

    public static ControlError KeyForOtherResource(string resourceId) => new(
        401, "user_unauthenticated", "Authentication Required", $"invalid API key for this API: it is good for {resourceId} only. Use a Cloud API key.");

    public static ControlError NotFound(string what, string id) => new(404, "resource_not_found", "Not Found", $"There is no {what} '{id}'.");

    public static ControlError AlreadyExists(string detail, string location) =>
        new(409, "resource_already_exists", "Resource Already Exists", detail) { Location = location };

    public static ControlError InUse(string detail) => new(409, "resource_in_use", "Resource In Use", detail);

    public static ControlError Declared(string what, string id) => new(
        409, "resource_is_declared", "Resource Is Declared", $"The {what} '{id}' is declared in the gateway's configuration and is changed there, not here.");

    public static ControlError Changed(string what, string id) => new(
        412, "precondition_failed", "Precondition Failed", $"The {what} '{id}' has changed since it was read. Read it again, then repeat the change.");

    public static ControlError Quota(string what, int limit, string setting) => new(
        402, "quota_exceeded", "Quota Exceeded", $"The request would exceed the quota of {limit} {what}. The setting is {setting}.");

    public static ControlError TooManyRequests(RateTurn turn) => new(
        429,
        "rate_limit_exceeded",
        "Too Many Requests",
        $"More than {turn.Limit} requests in a window; the next one begins in {turn.ResetSeconds} s. The setting is Sluice:ControlPlane:RateLimit.");

    public static ControlError Invalid(string pointer, string detail) =>
        new(422, "invalid_configuration", "Validation Failed", detail) { Pointer = pointer };

    public static ControlError InvalidParameter(string parameter, string detail) =>
        new(400, "invalid_parameter", "Invalid Parameter", detail) { Parameter = parameter };

    public static ControlError InvalidFilter(string parameter, string detail) =>
        new(400, "invalid_filter", "Invalid Filter", detail) { Parameter = parameter };
}
