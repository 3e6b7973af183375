using Sluice.Kafka.Acls;

namespace Sluice.Access.Crn;

/// <summary>Where one cluster is among the resource names: what bindings are compared with.</summary>
/// <param name="Authority">Such as <c>confluent.cloud</c>.</param>
/// <param name="OrganizationId">The organization everything belongs to.</param>
/// <param name="EnvironmentId">The cluster's environment.</param>
/// <param name="ClusterId">As in URLs.</param>
public sealed record KafkaScope(string Authority, string OrganizationId, string EnvironmentId, string ClusterId)
{
    /// <summary>What of this cluster the pattern holds for.</summary>
    /// <returns>False: nothing.</returns>
    public bool TryReach(CrnPattern pattern, out Reach reach)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        reach = default;
        if (pattern.Authority != Authority)
        {
            return false;
        }

        for (var i = 0; i < pattern.Parts.Count; i++)
        {
            var (type, name) = pattern.Parts[i];
            var isLast = i == pattern.Parts.Count - 1;
            if (isLast && ResourceType(type) is { } resource)
            {
                // Without a cluster in front it is nobody's topic.
                reach = new Reach(resource, name, pattern.IsPrefix);
                return i > 0 && pattern.Parts[i - 1].Type == "kafka";
            }

            var mine = Mine(type);
            if (mine is null || !(isLast && pattern.IsPrefix ? mine.StartsWith(name, StringComparison.Ordinal) : mine == name))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>What the organization, environment or cluster of a pattern must be to be this one.</summary>
    private string? Mine(string type) => type switch
    {
        "organization" => OrganizationId,
        "environment" => EnvironmentId,
        "cloud-cluster" or "kafka" => ClusterId,
        _ => null,
    };

    private static AclResourceType? ResourceType(string type) => type switch
    {
        "topic" => AclResourceType.Topic,
        "group" => AclResourceType.Group,
        "transactional-id" => AclResourceType.TransactionalId,
        _ => null,
    };
}

/// <summary>What of a cluster a binding holds for.</summary>
/// <param name="ResourceType">The kind of resource; null: the cluster and everything in it.</param>
/// <param name="Name">Its name, or what its name begins with.</param>
/// <param name="IsPrefix">It is what the name begins with.</param>
public readonly record struct Reach(AclResourceType? ResourceType, string Name, bool IsPrefix);
