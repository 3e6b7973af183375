using Sluice.Kafka.Acls;
using Sluice.State;

namespace Sluice.Access;

/// <summary>Whether something may be done, and what decided.</summary>
/// <param name="IsAllowed">It may be done.</param>
/// <param name="Binding">The role binding that allows it.</param>
/// <param name="Acl">The ACL that allows or denies it. With neither nothing grants it, and it is denied.</param>
public readonly record struct Decision(bool IsAllowed, RoleBinding? Binding, AclBinding? Acl)
{
    /// <summary>A sentence for administrators, logs and explanations: what decided.</summary>
    public string Describe(AccessCaller caller, in AccessNeed need)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return Binding is { } binding
            ? $"The role binding {binding.Id} ({binding.RoleName} for {SafeText.Of(binding.Principal)} at {SafeText.Of(binding.CrnPattern)}) allows {need}."
            : Acl is { } acl
                ? $"The ACL {Operations.Name(acl.Permission)} {Operations.Name(acl.Operation)} on {Operations.Name(acl.PatternType)} "
                    + $"{Operations.Name(acl.ResourceType)} {SafeText.Of(acl.ResourceName)} for {SafeText.Of(acl.Principal)} from {SafeText.Of(acl.Host)} {(IsAllowed ? "allows" : "denies")} {need}."
                : $"No role binding and no ACL grants {need} to {string.Join(" or ", caller.Principals)}.";
    }
}
