using Sluice.ControlPlane;
using Sluice.State;

namespace Sluice.Iam.V2.RoleBindings;

internal sealed record RoleBindingBody(string ApiVersion, string Kind, string Id, ObjectMeta Metadata, string Principal, string RoleName, string CrnPattern)
{
    public static RoleBindingBody From(RoleBinding binding, ControlRequest request) => new(
        "iam/v2",
        "RoleBinding",
        binding.Id,
        ObjectMeta.Of(
            request.Links.Url($"{RoleBindingsEndpoints.Path}/{binding.Id}"),
            request.Links.Crn(request.State, $"/role-binding={binding.Id}"),
            binding.Metadata),
        binding.Principal,
        binding.RoleName,
        binding.CrnPattern);
}
