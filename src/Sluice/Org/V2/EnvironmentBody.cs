using Sluice.ControlPlane;
using Sluice.State;

namespace Sluice.Org.V2;

internal sealed record EnvironmentBody(
    string ApiVersion, string Kind, string Id, ObjectMeta Metadata, string DisplayName, StreamGovernanceConfig? StreamGovernanceConfig)
{
    public static EnvironmentBody From(DeploymentEnvironment environment, ControlRequest request) => new(
        "org/v2",
        "Environment",
        environment.Id,
        ObjectMeta.Of(
            request.Links.Url($"{EnvironmentsEndpoints.Path}/{environment.Id}"),
            request.Links.Crn(request.State, $"/environment={environment.Id}"),
            environment.Metadata),
        environment.DisplayName,
        environment.StreamGovernancePackage is { } package ? new StreamGovernanceConfig(package) : null);
}

internal sealed record StreamGovernanceConfig(string Package);
