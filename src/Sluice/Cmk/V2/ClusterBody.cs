using Sluice.ControlPlane;
using Sluice.Org.V2;
using Sluice.State;

namespace Sluice.Cmk.V2;

internal sealed record ClusterBody(string ApiVersion, string Kind, string Id, ObjectMeta Metadata, ClusterSpec Spec, ClusterStatus Status)
{
    public static ClusterBody From(string id, ControlRequest request) => new(
        "cmk/v2",
        "Cluster",
        id,
        new ObjectMeta(request.Links.Url($"{ClustersEndpoints.Path}/{id}"), CrnOf(id, request), null, null),
        new ClusterSpec(
            id,
            "SINGLE_ZONE",
            "SELF_HOSTED",
            "self-hosted",
            new ClusterConfig("Dedicated", 1),
            request.Links.Gateway,
            new ScopedReference(
                ClustersEndpoints.Environment,
                request.Links.Url($"{EnvironmentsEndpoints.Path}/{ClustersEndpoints.Environment}"),
                request.Links.Crn(request.State, $"/environment={ClustersEndpoints.Environment}"))),
        new ClusterStatus("PROVISIONED", 1));

    /// <summary>Terraform cuts the scope of role bindings out of this.</summary>
    public static string CrnOf(string id, ControlRequest request) =>
        request.Links.Crn(request.State, $"/environment={ClustersEndpoints.Environment}/cloud-cluster={id}/kafka={id}");
}

/// <param name="DisplayName">For people.</param>
/// <param name="Availability">Required by the published schema; says nothing here.</param>
/// <param name="Cloud">Required by the published schema: in nobody's cloud.</param>
/// <param name="Region">Required by the published schema.</param>
/// <param name="Config">What clients may do: the CLI asks for lags only of a dedicated cluster.</param>
/// <param name="HttpEndpoint">Where Kafka REST is; clients append <c>/kafka/v3/…</c>.</param>
/// <param name="Environment">Where it belongs.</param>
internal sealed record ClusterSpec(
    string DisplayName, string Availability, string Cloud, string Region, ClusterConfig Config, string HttpEndpoint, ScopedReference Environment);

internal sealed record ClusterConfig(string Kind, int Cku);

internal sealed record ClusterStatus(string Phase, int Cku);

/// <summary>A cluster in a list.</summary>
internal sealed record ListedCluster(string Id) : IStateResource
{
    ResourceKind IStateResource.Kind => throw new NotSupportedException("Clusters are configured, not kept in the state.");

    ResourceMetadata IStateResource.Metadata => ResourceMetadata.Declared;

    IStateResource IStateResource.WithMetadata(ResourceMetadata metadata) => this;
}
