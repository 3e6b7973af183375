using Sluice.Kafka.Acls;
using Sluice.Kafka.Embedded.Storage;

namespace Sluice.Kafka.Embedded.Acls;

/// <summary>Stores ACLs: <see cref="IAcls"/>. Deciding by them is the gateway's.</summary>
internal sealed class AclAdministration(Writer writer)
{
    private const string Insert = """
        INSERT OR IGNORE INTO acls (resource_type, resource_name, pattern_type, principal, host, operation, permission)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        """;

    private const string Remove = """
        DELETE FROM acls WHERE resource_type = $1 AND resource_name = $2 AND pattern_type = $3 AND principal = $4 AND host = $5
            AND operation = $6 AND permission = $7
        """;

    public KafkaResult<IReadOnlyList<AclBinding>> Describe(AclFilter filter) =>
        AclRules.CheckFilter(filter) is { } problem ? problem : Matching(writer.Current, filter);

    public async Task<IReadOnlyList<KafkaResult<Done>>> CreateAsync(IReadOnlyList<AclBinding> acls, CancellationToken cancellationToken)
    {
        // Each stands by itself: a refused one is a result, not a failure of the change.
        var outcome = await writer.RunAsync<IReadOnlyList<KafkaResult<Done>>>(
            context => new([.. acls.Select(acl => Create(context, acl))]), validateOnly: false, cancellationToken);
        return outcome.TryGet(out var results, out var error) ? results : [.. acls.Select(_ => new KafkaResult<Done>(error))];
    }

    public Task<KafkaResult<IReadOnlyList<AclBinding>>> DeleteAsync(AclFilter filter, CancellationToken cancellationToken) =>
        writer.RunAsync(context => Delete(context, filter), validateOnly: false, cancellationToken);

    private static KafkaResult<Done> Create(WriteContext context, AclBinding acl)
    {
        if (AclRules.CheckNew(acl) is { } problem)
        {
            return problem;
        }

        context.Db.Execute(Insert, Columns(acl));
        context.Draft = context.Draft with { Acls = context.Draft.Acls.Add(acl) };
        return default(Done);
    }

    private static KafkaResult<IReadOnlyList<AclBinding>> Delete(WriteContext context, AclFilter filter)
    {
        if (AclRules.CheckFilter(filter) is { } problem)
        {
            return problem;
        }

        var gone = Matching(context.Draft, filter);
        foreach (var acl in gone)
        {
            context.Db.Execute(Remove, Columns(acl));
        }

        context.Draft = context.Draft with { Acls = context.Draft.Acls.Except(gone) };
        return gone;
    }

    private static List<AclBinding> Matching(ClusterSnapshot snapshot, AclFilter filter) =>
    [
        .. snapshot.Acls.Where(acl => AclRules.Matches(filter, acl))
            .OrderBy(acl => acl.ResourceType)
            .ThenBy(acl => acl.ResourceName, StringComparer.Ordinal)
            .ThenBy(acl => acl.PatternType)
            .ThenBy(acl => acl.Principal, StringComparer.Ordinal)
            .ThenBy(acl => acl.Host, StringComparer.Ordinal)
            .ThenBy(acl => acl.Operation)
            .ThenBy(acl => acl.Permission),
    ];

    private static object?[] Columns(AclBinding acl) =>
    [
        (int)acl.ResourceType, acl.ResourceName, (int)acl.PatternType, acl.Principal, acl.Host, (int)acl.Operation, (int)acl.Permission,
    ];
}
