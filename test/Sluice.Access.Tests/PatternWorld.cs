using CsCheck;
using Sluice.Access.Crn;
using Sluice.Kafka.Acls;

namespace Sluice.Access.Tests;

/// <summary>A small world of clusters and what is in them, and patterns about it: for holding rules about sets against counting them out.</summary>
internal static class PatternWorld
{
    public static readonly KafkaScope[] Clusters =
    [
        .. from organization in (string[])["o", "o2", "p"]
           from environment in (string[])["e", "e1", "x"]
           from cluster in (string[])["c", "c1", "d"]
           select new KafkaScope("confluent.cloud", organization, environment, cluster),
    ];

    public static readonly AclResourceType[] Types = [AclResourceType.Cluster, AclResourceType.Topic, AclResourceType.Group, AclResourceType.TransactionalId];

    /// <summary>Each name is the beginning of others, so that every prefix is told from every other.</summary>
    public static readonly string[] Names = ["a", "aa", "ab", "aab", "aba", "b", "ba", "*", "a*", "x"];

    private static readonly Gen<string> Organization = OneOf(
        "/organization=o", "/organization=o", "/organization=o", "/organization=o", "/organization=o", "/organization=o", "/organization=o2", "/organization=%6F", "");
    private static readonly Gen<string> Environment = OneOf(
        "/environment=e", "/environment=e", "/environment=e", "/environment=e", "/environment=e1", "/environment=%65", "");

    private static readonly Gen<string> Cluster = OneOf(
        "/cloud-cluster=c/kafka=c", "/cloud-cluster=c/kafka=c", "/cloud-cluster=c/kafka=c", "/cloud-cluster=c/kafka=c", "/cloud-cluster=c/kafka=c", "/cloud-cluster=c", "/kafka=c", "/cloud-cluster=c1/kafka=c1", "/cloud-cluster=c/kafka=c1", "/cloud-cluster=d/kafka=%64", "");

    private static readonly Gen<string> Resource = OneOf(
        "", "/topic=a", "/topic=a*", "/topic=*", "/topic=aa", "/topic=aa*", "/topic=ab*", "/topic=%61", "/topic=%61*", "/topic=a%2A", "/topic=%2A", "/topic=A", "/group=a", "/group=a*", "/group=*",
        "/transactional-id=a*", "/transactional-id=ab", "/schema-registry=s/subject=a*", "/cluster-link=a", "*");

    /// <summary>Texts of patterns; few are about the same thing, some about nothing.</summary>
    public static readonly Gen<string> Crn = Place().SelectMany(In);

    /// <summary>The outer parts of a pattern.</summary>
    public static Gen<string> Place() =>
        from authority in OneOf("confluent.cloud", "confluent.cloud", "confluent.cloud", "confluent.cloud", "example.com")
        from organization in Organization
        from environment in Environment
        from cluster in Cluster
        select $"crn://{authority}{organization}{environment}{cluster}";

    /// <summary>A pattern with these outer parts.</summary>
    public static Gen<string> In(string place) => Resource.Select(resource => place + resource).Where(text => CrnPattern.TryParse(text, out _, out _));

    public static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(i => texts[i]);

    public static CrnPattern Parse(string text) => CrnPattern.TryParse(text, out var pattern, out var problem) ? pattern : throw new ArgumentException(problem, nameof(text));

    /// <summary>Everything in the world that the pattern holds for, as decisions on the data plane see it.</summary>
    public static HashSet<(KafkaScope Cluster, AclResourceType Type, string Name)> All(CrnPattern pattern) =>
    [
        .. from cluster in Clusters
           let reach = cluster.TryReach(pattern, out var found) ? found : (Reach?)null
           where reach is not null
           from type in Types
           from name in type == AclResourceType.Cluster ? [AccessNeed.ClusterName] : Names
           where reach.Value.ResourceType is null
               || (reach.Value.ResourceType == type && (reach.Value.IsPrefix ? name.StartsWith(reach.Value.Name, StringComparison.Ordinal) : name == reach.Value.Name))
           select (cluster, type, name),
    ];
}
