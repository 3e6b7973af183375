using Sluice.Kafka.Client.Clients;
using Sluice.Kafka.Client.Wire;
using Sluice.Kafka.Client.Wire.Messages;
using Sluice.Kafka.Configs;

namespace Sluice.Kafka.Client.Cluster;

internal sealed partial class RealCluster
{
    public async Task<IReadOnlyList<KafkaResult<IReadOnlyList<ConfigEntry>>>> DescribeConfigsAsync(
        IReadOnlyList<ConfigResource> resources, CancellationToken cancellationToken)
    {
        var found = await ByBrokerAsync(
            resources,
            static r => r,
            static async (clients, target, some, ct) =>
                (await clients.Wire.SendAsync(target, new DescribeConfigsRequest(some.Distinct().ToArray()), ct)).ToDictionary(
                    d => d.Resource,
                    d => d.Error == KafkaErrorCode.None
                        ? new KafkaResult<IReadOnlyList<ConfigEntry>>(d.Entries.OrderBy(e => e.Name, StringComparer.Ordinal).ToArray())
                        : KafkaErrorTexts.Of(d.Error, d.Message, d.Resource.Name)),
            cancellationToken);
        return resources.Select(r => found(r)).ToArray();
    }

    public async Task<IReadOnlyList<KafkaResult<Done>>> AlterConfigsAsync(
        IReadOnlyList<ConfigAlteration> alterations, bool validateOnly, CancellationToken cancellationToken)
    {
        var found = await ByBrokerAsync(
            alterations,
            static a => a.Resource,
            async (clients, target, some, ct) =>
                (await clients.Wire.SendAsync(target, new IncrementalAlterConfigsRequest(some, validateOnly), ct)).ToDictionary(
                    a => a.Resource,
                    a => a.Error == KafkaErrorCode.None ? new KafkaResult<Done>(default(Done)) : KafkaErrorTexts.Of(a.Error, a.Message, a.Resource.Name)),
            cancellationToken);
        return alterations.Select(a => found(a.Resource)).ToArray();
    }

    /// <summary>A broker's own configs are that broker's business; everything else any broker knows.</summary>
    private async Task<Func<ConfigResource, KafkaResult<TResult>>> ByBrokerAsync<TItem, TResult>(
        IReadOnlyList<TItem> items,
        Func<TItem, ConfigResource> resourceOf,
        Func<PrincipalClients, WireTarget, TItem[], CancellationToken, Task<Dictionary<ConfigResource, KafkaResult<TResult>>>> send,
        CancellationToken cancellationToken)
    {
        var parts = await Task.WhenAll(items.GroupBy(i => TargetOf(resourceOf(i))).Select(async part =>
        {
            var some = part.ToArray();
            var answer = await RunAsync(
                async (clients, ct) => new KafkaResult<Dictionary<ConfigResource, KafkaResult<TResult>>>(await send(clients, part.Key, some, ct)),
                null,
                cancellationToken);
            return (part.Key, answer);
        }));
        var byTarget = parts.ToDictionary(p => p.Key, p => p.answer);
        return resource => !byTarget[TargetOf(resource)].TryGet(out var all, out var error) ? error
            : all.TryGetValue(resource, out var result) ? result
            : new KafkaError(KafkaErrorCode.UnknownServerError, $"The broker left out {resource.Type} '{resource.Name}'.");
    }

    private static WireTarget TargetOf(ConfigResource resource) =>
        resource.Type == ConfigResourceType.Broker && int.TryParse(resource.Name, out var id) ? WireTarget.Broker(id) : WireTarget.Any;
}
