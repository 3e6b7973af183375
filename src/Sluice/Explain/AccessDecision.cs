using Sluice.Identity.Explain;

namespace Sluice.Explain;

/// <summary>Whether the caller that a token makes may do something, and by what.</summary>
/// <param name="Operation">Such as <c>WRITE</c>.</param>
/// <param name="ResourceType">Such as <c>TOPIC</c>.</param>
/// <param name="ResourceName">Such as <c>orders</c>.</param>
/// <param name="Decision"><c>ALLOW</c> or <c>DENY</c>.</param>
/// <param name="Reason">A sentence: what decided.</param>
internal sealed record AccessDecision(string Operation, string ResourceType, string? ResourceName, string Decision, string Reason)
{
    /// <summary>
    /// The one place that answers it. The gateway has no access rules yet: it lets every admitted caller do everything, and the cluster itself may refuse.
    /// </summary>
    public static AccessDecision? Of(ExplainRequest question, TokenExplanation explanation) =>
        question is not { Operation: { } operation, ResourceType: { } type } ? null
        : explanation.IsAccepted
            ? new AccessDecision(
                operation, type, question.ResourceName, "ALLOW",
                "This gateway does not evaluate role bindings or ACLs yet: a caller that an identity pool admits may do everything the cluster lets the gateway do.")
            : new AccessDecision(operation, type, question.ResourceName, "DENY", "The token is refused, so nothing is allowed.");
}
