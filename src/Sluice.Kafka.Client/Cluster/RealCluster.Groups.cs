using Confluent.Kafka.Admin;
using Sluice.Kafka.Client.Clients;
using Sluice.Kafka.Client.Wire;
using Sluice.Kafka.Client.Wire.Messages;
using Sluice.Kafka.Groups;

namespace Sluice.Kafka.Client.Cluster;

// Lists and descriptions by wire: librdkafka knows neither share and streams groups nor the type of a member, and its binding
// drops the metadata of offsets.
internal sealed partial class RealCluster
{
    private const int DeleteAttempts = 30;

    private static readonly TimeSpan DeleteBackoff = TimeSpan.FromMilliseconds(100);

    public Task<KafkaResult<IReadOnlyList<GroupListing>>> ListGroupsAsync(
        IReadOnlyList<GroupType> types, CancellationToken cancellationToken) =>
        RunAsync(
            async (clients, ct) =>
            {
                var metadata = await clients.Wire.MetadataAsync([], false, ct);
                var answers = await Task.WhenAll(metadata.Brokers.Select(async broker =>
                {
                    try
                    {
                        return await clients.Wire.SendAsync(WireTarget.Broker(broker.Id), new ListGroupsRequest(), ct);
                    }
                    catch (KafkaFailure e)
                    {
                        return new ListGroupsResponse(e.Error.Code, []); // the other brokers' groups are still worth having
                    }
                }));
                if (answers.Length > 0 && answers.All(a => a.Error != KafkaErrorCode.None))
                {
                    return KafkaErrorTexts.Of(answers[0].Error, null);
                }

                return new KafkaResult<IReadOnlyList<GroupListing>>(answers
                    .SelectMany(a => a.Groups)
                    .Where(g => types.Contains(g.Type) && IsConsumers(g))
                    .DistinctBy(g => g.GroupId, StringComparer.Ordinal)
                    .OrderBy(g => g.GroupId, StringComparer.Ordinal)
                    .Select(g => new GroupListing(g.GroupId, g.Type == GroupType.Classic && g.ProtocolType.Length == 0, g.Type, g.State))
                    .ToArray());
            },
            null,
            cancellationToken);

    public async Task<IReadOnlyList<KafkaResult<GroupDescription>>> DescribeGroupsAsync(
        IReadOnlyList<string> groups, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(groups);
        using var few = new SemaphoreSlim(8);
        return await Task.WhenAll(groups.Select(async group =>
        {
            await few.WaitAsync(cancellationToken);
            try
            {
                return await RunAsync((clients, ct) => DescribeAsync(clients, group, ct), group, cancellationToken);
            }
            finally
            {
                few.Release();
            }
        }));
    }

    public Task<KafkaResult<IReadOnlyList<CommittedOffset>>> ListGroupOffsetsAsync(string group, CancellationToken cancellationToken) =>
        RunAsync(
            async (clients, ct) =>
            {
                var found = await clients.Wire.SendAsync(WireTarget.CoordinatorOf(group), new OffsetFetchRequest(group), ct);
                return found.Error is KafkaErrorCode.None or KafkaErrorCode.GroupIdNotFound
                    ? new KafkaResult<IReadOnlyList<CommittedOffset>>(found.Offsets
                        .OrderBy(o => o.Partition.Topic, StringComparer.Ordinal).ThenBy(o => o.Partition.Partition).ToArray())
                    : KafkaErrorTexts.Of(found.Error, null, group);
            },
            group,
            cancellationToken);

    public Task<KafkaResult<Done>> CommitGroupOffsetsAsync(
        string group, IReadOnlyList<CommittedOffset> offsets, CancellationToken cancellationToken) =>
        RunAsync<Done>(
            async (clients, ct) =>
            {
                if (offsets.Count == 0)
                {
                    return default(Done);
                }

                var committed = await clients.Wire.SendAsync(WireTarget.CoordinatorOf(group), new OffsetCommitRequest(group, offsets), ct);
                var failed = committed.FirstOrDefault(p => p.Error != KafkaErrorCode.None);
                return failed is null ? default(Done)
                    : KafkaErrorTexts.Of(failed.Error, null, failed.Error == KafkaErrorCode.TopicAuthorizationFailed ? failed.Partition.Topic : group);
            },
            group,
            cancellationToken);

    public Task<KafkaResult<Done>> DeleteGroupAsync(string group, CancellationToken cancellationToken) =>
        RunAsync<Done>(
            async (clients, ct) =>
            {
                for (var attempt = 1; ; attempt++)
                {
                    try
                    {
                        await clients.Admin.DeleteGroupsAsync([group], new DeleteGroupsOptions { RequestTimeout = clients.RequestTimeout });
                        return default(Done);
                    }
                    catch (DeleteGroupsException e) when (e.Results.Count == 1)
                    {
                        var error = KafkaErrorTexts.Of(e.Results[0].Error, group);
                        var isMoving = error.Code is KafkaErrorCode.NotCoordinator
                            or KafkaErrorCode.CoordinatorLoadInProgress or KafkaErrorCode.CoordinatorNotAvailable;
                        if (!isMoving || attempt == DeleteAttempts)
                        {
                            return error;
                        }
                    }

                    await Task.Delay(DeleteBackoff, TimeProvider.System, ct); // librdkafka does not try again by itself
                }
            },
            group,
            cancellationToken);

    public Task<KafkaResult<ShareGroupDescription>> DescribeShareGroupAsync(string group, CancellationToken cancellationToken) =>
        RunAsync<ShareGroupDescription>(
            async (clients, ct) =>
            {
                var coordinator = await clients.Wire.FindCoordinatorAsync(group, ct);
                var found = await clients.Wire.SendAsync(WireTarget.CoordinatorOf(group), new ShareGroupDescribeRequest(group), ct);
                return found.Error == KafkaErrorCode.None
                    ? found.Group with { CoordinatorId = coordinator }
                    : KafkaErrorTexts.Of(found.Error, found.Message, group);
            },
            group,
            cancellationToken);

    public Task<KafkaResult<StreamsGroupDescription>> DescribeStreamsGroupAsync(string group, CancellationToken cancellationToken) =>
        RunAsync<StreamsGroupDescription>(
            async (clients, ct) =>
            {
                var coordinator = await clients.Wire.FindCoordinatorAsync(group, ct);
                var found = await clients.Wire.SendAsync(WireTarget.CoordinatorOf(group), new StreamsGroupDescribeRequest(group), ct);
                return found.Error == KafkaErrorCode.None
                    ? found.Group with { CoordinatorId = coordinator }
                    : KafkaErrorTexts.Of(found.Error, found.Message, group);
            },
            group,
            cancellationToken);

    /// <summary>Classic groups also serve Connect and others; only consumers' are meant here. An empty protocol: someone just commits offsets.</summary>
    private static bool IsConsumers(WireGroup group) => group.Type != GroupType.Classic || group.ProtocolType is "" or "consumer";

    /// <summary>Asks in the newer protocol first; its coordinator says when a group speaks the older one.</summary>
    private static async Task<KafkaResult<GroupDescription>> DescribeAsync(PrincipalClients clients, string group, CancellationToken cancellationToken)
    {
        var coordinator = await clients.Wire.FindCoordinatorAsync(group, cancellationToken);
        try
        {
            var modern = (await clients.Wire.SendAsync(WireTarget.CoordinatorOf(group), new ConsumerGroupDescribeRequest([group]), cancellationToken))[0];
            if (modern.Error is not (KafkaErrorCode.GroupIdNotFound or KafkaErrorCode.UnsupportedVersion))
            {
                return Result(modern);
            }
        }
        catch (KafkaFailure e) when (e.Error.Code == KafkaErrorCode.UnsupportedVersion)
        {
            // A cluster from before KIP-848.
        }

        return Result((await clients.Wire.SendAsync(WireTarget.CoordinatorOf(group), new DescribeGroupsRequest([group]), cancellationToken))[0]);

        KafkaResult<GroupDescription> Result(DescribedGroup found) =>
            found.Error != KafkaErrorCode.None ? KafkaErrorTexts.Of(found.Error, found.Message, group)
            : found.Group.State == GroupState.Dead ? KafkaErrorTexts.Of(KafkaErrorCode.GroupIdNotFound, null, group)
            : found.Group with { CoordinatorId = coordinator };
    }
}
