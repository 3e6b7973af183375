using Sluice.Kafka.Client.Wire;
using Sluice.Kafka.Client.Wire.Messages;

namespace Sluice.Kafka.Client.Cluster;

/// <summary>
/// Brokers learn of a change to a topic from the controller, each in its own time, after the change is acknowledged.
/// Who is told of it must find it, whichever broker the next request happens to ask.
/// </summary>
internal static class Propagation
{
    private const int MaxBrokers = 8;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan AfterFirst = TimeSpan.FromSeconds(1); // one that has just died is still named as a broker
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(20);

    /// <summary>Waits until the brokers (the first eight of them) show the change, for at most four seconds and one after the first did. Never fails: it is done already.</summary>
    /// <param name="wire">As whom to ask.</param>
    /// <param name="topic">The topic that was changed.</param>
    /// <param name="isSettled">Whether that is what the change leads to.</param>
    /// <param name="time">Clock.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task WaitAsync(
        WireClient wire, string topic, Func<WireTopic, bool> isSettled, TimeProvider time, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(Limit, time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        try
        {
            var brokers = (await wire.MetadataAsync([], false, limit.Token)).Brokers;
            await Task.WhenAll(brokers.Take(MaxBrokers).Select(b => WaitForAsync(WireTarget.Broker(b.Id))));
        }
        catch (Exception e) when (e is KafkaFailure or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            // A broker that is away or slow shows it when it is back.
        }

        async Task WaitForAsync(WireTarget broker)
        {
            var request = new MetadataRequest([topic], false);
            while ((await wire.SendAsync(broker, request, limit.Token)).Topics.FirstOrDefault(t => t.Name == topic) is not { } found
                || !(isSettled(found) || found.Error == KafkaErrorCode.TopicAuthorizationFailed))
            {
                await Task.Delay(Step, time, limit.Token);
            }

            late.CancelAfter(AfterFirst);
        }
    }
}
