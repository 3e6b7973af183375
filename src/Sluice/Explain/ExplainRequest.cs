using System.Net;
using System.Text.Json;
using Sluice.Access;
using Sluice.Http;
using Sluice.Kafka.Acls;
using Sluice.Rest.V3;

namespace Sluice.Explain;

/// <summary>What was asked.</summary>
/// <param name="Token">The token's text.</param>
/// <param name="PoolId">As <c>Confluent-Identity-Pool-Id</c> would have it; null: absent.</param>
/// <param name="Operation">A Kafka operation such as <c>WRITE</c>; null: only the token is asked about.</param>
/// <param name="ResourceType">Such as <c>TOPIC</c>.</param>
/// <param name="ResourceName">Such as <c>orders</c>.</param>
/// <param name="ClusterId">Where; null: on the only cluster.</param>
/// <param name="ClientAddress">From where, for ACLs with a host; null: that of the request for the caller's own token, otherwise unknown.</param>
internal sealed record ExplainRequest(
    string Token, string? PoolId, string? Operation, string? ResourceType, string? ResourceName, string? ClusterId, IPAddress? ClientAddress)
{
    private static readonly Dictionary<string, AclOperation> Operations = Words(AclOperation.Unknown, AclOperation.Any);
    private static readonly Dictionary<string, AclResourceType> ResourceTypes = Words(AclResourceType.Unknown, AclResourceType.Any);

    /// <summary>What is asked about; null when only the token is.</summary>
    public AccessNeed? Need => Operation is null || ResourceType is null ? null
        : ResourceTypes[ResourceType] is var type && type == AclResourceType.Cluster ? AccessNeed.Cluster(Operations[Operation])
        : new AccessNeed(Operations[Operation], type, ResourceName!);

    /// <param name="body">The request's body.</param>
    /// <param name="own">The token the request is authenticated with, taken when the body has none.</param>
    /// <param name="error">400 or 422, or none.</param>
    public static ExplainRequest Read(JsonElement body, string? own, out GatewayError error)
    {
        var fields = new BodyFields(body);
        var token = own is null ? fields.RequiredString("token") : fields.OptionalString("token") ?? own;
        var pool = fields.OptionalString("pool_id");
        var operation = fields.OptionalString("operation");
        string? type = null;
        string? name = null;
        string? cluster = null;
        if (fields.OptionalObject("resource") is { } resource)
        {
            var inner = new BodyFields(resource, "resource.");
            type = inner.RequiredString("resource_type");
            name = inner.OptionalString("resource_name");
            cluster = inner.OptionalString("cluster_id");
            fields.Note(inner.Finish());
        }

        IPAddress? address = null;
        if (fields.OptionalString("client_address") is { } text && !IPAddress.TryParse(text, out address))
        {
            fields.Note(Errors.BadRequest("client_address must be an IP address"));
        }

        Among(fields, "operation", operation, Operations.Keys);
        Among(fields, "resource.resource_type", type, ResourceTypes.Keys);
        if (type is null != operation is null)
        {
            fields.Note(Errors.BadRequest("operation and resource belong together: give both or neither"));
        }
        else if (type is not (null or "CLUSTER") && string.IsNullOrEmpty(name))
        {
            fields.Note(Errors.BadRequest("resource.resource_name is required and must be a string that is not empty"));
        }

        error = fields.Finish();
        return new ExplainRequest(token, pool, operation, type, name, cluster, address);
    }

    private static Dictionary<string, T> Words<T>(params T[] filtersOnly)
        where T : struct, Enum =>
        Enum.GetValues<T>().Except(filtersOnly).ToDictionary(value => AclNames.Upper(value.ToString()), StringComparer.Ordinal);

    private static void Among(BodyFields fields, string field, string? value, IReadOnlyCollection<string> known)
    {
        if (value is not null && !known.Contains(value, StringComparer.Ordinal))
        {
            fields.Note(Errors.BadRequest($"{field} must be one of {string.Join(", ", known)}"));
        }
    }
}
