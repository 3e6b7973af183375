namespace Sluice.State;

/// <summary>One entry of the log: who changed what, and when.</summary>
/// <param name="Version">Its number; the first is 1, without gaps.</param>
/// <param name="At">When it was accepted, UTC, to the millisecond.</param>
/// <param name="Author">Who asked for it.</param>
/// <param name="Kind">Which collection.</param>
/// <param name="Id">Which resource.</param>
/// <param name="After">The resource as it became; null: deleted.</param>
public sealed record ChangeRecord(
    long Version, DateTimeOffset At, ChangeAuthor Author, ResourceKind Kind, string Id, IStateResource? After);

/// <summary>Who asks for a change.</summary>
/// <param name="Principal">Such as <c>User:u-a1b2</c>; <c>System</c> for the gateway itself.</param>
/// <param name="RequestId">The request that carried it, as in <c>X-Request-Id</c>.</param>
public readonly record struct ChangeAuthor(string Principal, string? RequestId)
{
    /// <summary>The gateway itself.</summary>
    public static ChangeAuthor System { get; } = new("System", null);
}
