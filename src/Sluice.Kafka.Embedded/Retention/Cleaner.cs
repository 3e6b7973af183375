using Microsoft.Extensions.Logging;

using Sluice.Kafka.Embedded.Storage;
using Sluice.Kafka.Embedded.Topics;

namespace Sluice.Kafka.Embedded.Retention;

/// <summary>
/// Removes what retention and compaction no longer want, every <see cref="EmbeddedClusterOptions.CleanupInterval"/>. One partition is one
/// change, so that records are not held up by a long clean-up.
/// </summary>
internal sealed partial class Cleaner : IAsyncDisposable
{
    private readonly Writer _writer;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly PeriodicTimer _timer;
    private readonly Task _loop;

    // When each partition was last compacted: tombstones grow old without anything new being written.
    private readonly Dictionary<long, long> _compacted = [];

    public Cleaner(Writer writer, EmbeddedClusterOptions options, TimeProvider time, ILogger logger)
    {
        _writer = writer;
        _time = time;
        _logger = logger;
        _timer = new PeriodicTimer(options.CleanupInterval, time);
        _loop = Task.Run(LoopAsync);
    }

    /// <summary>Ends the loop after the partition it is at.</summary>
    public async ValueTask DisposeAsync()
    {
        _timer.Dispose();
        await _loop;
    }

    private async Task LoopAsync()
    {
        while (await _timer.WaitForNextTickAsync())
        {
            foreach (var topic in _writer.Current.Topics.Values)
            {
                await CleanAsync(topic);
            }
        }
    }

    private async Task CleanAsync(Topic topic)
    {
        var settings = topic.Settings;
        if (!settings.IsDeleted && !settings.IsCompacted)
        {
            return;
        }

        try
        {
            foreach (var partition in topic.Partitions)
            {
                if (partition.StartOffset == partition.EndOffset)
                {
                    continue;
                }

                var now = _time.GetUtcNow().ToUnixTimeMilliseconds();
                if (settings.IsDeleted)
                {
                    await _writer.RunAsync(context => LogRetention.Apply(context, partition, settings, now), false, CancellationToken.None);
                }

                if (settings.IsCompacted)
                {
                    var again = !_compacted.TryGetValue(partition.Id, out var at) || now - at > settings.DeleteRetentionTime;
                    var ran = await _writer.RunAsync(
                        context => LogCompaction.Apply(context, partition, settings, now, again), false, CancellationToken.None);
                    if (ran.TryGet(out var compacted, out _) && compacted)
                    {
                        _compacted[partition.Id] = now;
                    }
                }
            }
        }
#pragma warning disable CA1031 // Cleaning is tried again at the next tick; it must not end.
        catch (Exception e)
        {
            CleaningFailed(_logger, topic.Name, e);
        }
#pragma warning restore CA1031
    }

    [LoggerMessage(EventId = 4003, Level = LogLevel.Error, Message = "Cleaning topic {Topic} failed; it will be tried again")]
    private static partial void CleaningFailed(ILogger logger, string topic, Exception exception);
}
