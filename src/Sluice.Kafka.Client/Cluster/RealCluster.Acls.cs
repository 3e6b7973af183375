using Sluice.Kafka.Acls;
using Sluice.Kafka.Client.Wire;
using Sluice.Kafka.Client.Wire.Messages;

namespace Sluice.Kafka.Client.Cluster;

internal sealed partial class RealCluster
{
    public Task<KafkaResult<IReadOnlyList<AclBinding>>> DescribeAclsAsync(AclFilter filter, CancellationToken cancellationToken) =>
        RunAsync(
            async (clients, ct) =>
            {
                var response = await clients.Wire.SendAsync(WireTarget.Any, new DescribeAclsRequest(filter), ct);
                return response.Error == KafkaErrorCode.None
                    ? new KafkaResult<IReadOnlyList<AclBinding>>(InOrder(response.Acls))
                    : KafkaErrorTexts.Of(response.Error, response.Message);
            },
            null,
            cancellationToken);

    public async Task<IReadOnlyList<KafkaResult<Done>>> CreateAclsAsync(IReadOnlyList<AclBinding> bindings, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(bindings);
        if (bindings.Count == 0)
        {
            return [];
        }

        var all = await RunAsync(
            async (clients, ct) => new KafkaResult<IReadOnlyList<AclOutcome>>(
                await clients.Wire.SendAsync(WireTarget.Controller, new CreateAclsRequest(bindings), ct)),
            null,
            cancellationToken);
        return bindings.Select((_, i) => !all.TryGet(out var outcomes, out var error) ? error
            : i >= outcomes.Count ? new KafkaError(KafkaErrorCode.UnknownServerError, "The broker answered for fewer ACLs than were sent.")
            : outcomes[i].Error == KafkaErrorCode.None ? new KafkaResult<Done>(default(Done))
            : KafkaErrorTexts.Of(outcomes[i].Error, outcomes[i].Message)).ToArray();
    }

    public Task<KafkaResult<IReadOnlyList<AclBinding>>> DeleteAclsAsync(AclFilter filter, CancellationToken cancellationToken) =>
        RunAsync(
            async (clients, ct) =>
            {
                var response = await clients.Wire.SendAsync(WireTarget.Controller, new DeleteAclsRequest(filter), ct);
                if (response.Error != KafkaErrorCode.None)
                {
                    return KafkaErrorTexts.Of(response.Error, response.Message);
                }

                var failed = response.Matching.FirstOrDefault(m => m.Outcome.Error != KafkaErrorCode.None);
                return failed.Outcome is null
                    ? new KafkaResult<IReadOnlyList<AclBinding>>(InOrder(response.Matching.Select(m => m.Acl)))
                    : KafkaErrorTexts.Of(failed.Outcome.Error, failed.Outcome.Message);
            },
            null,
            cancellationToken);

    private static AclBinding[] InOrder(IEnumerable<AclBinding> acls) => acls
        .OrderBy(a => a.ResourceType).ThenBy(a => a.ResourceName, StringComparer.Ordinal).ThenBy(a => a.PatternType)
        .ThenBy(a => a.Principal, StringComparer.Ordinal).ThenBy(a => a.Host, StringComparer.Ordinal)
        .ThenBy(a => a.Operation).ThenBy(a => a.Permission).ToArray();
}
