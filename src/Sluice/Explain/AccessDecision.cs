namespace Sluice.Explain;

/// <summary>Whether the caller that a token makes may do something, and by what.</summary>
/// <param name="ClusterId">Where.</param>
/// <param name="Operation">Such as <c>WRITE</c>.</param>
/// <param name="ResourceType">Such as <c>TOPIC</c>.</param>
/// <param name="ResourceName">Such as <c>orders</c>.</param>
/// <param name="Decision"><c>ALLOW</c> or <c>DENY</c>; <c>UNDECIDED</c> where it is the brokers that decide.</param>
/// <param name="Reason">A sentence: what decided.</param>
/// <param name="RoleBindingId">The role binding that allows it; absent when it was something else.</param>
internal sealed record AccessDecision(
    string? ClusterId, string Operation, string ResourceType, string? ResourceName, string Decision, string Reason, string? RoleBindingId = null)
{
    public const string Allow = "ALLOW";
    public const string Deny = "DENY";
    public const string Undecided = "UNDECIDED";
}
