using Sluice.Hosting;
using Sluice.Kafka;
using Sluice.Kafka.Client;
using Sluice.Kafka.Embedded;

namespace Sluice.Dev;

/// <summary>The cluster behind <c>sluice dev</c>: the embedded one, or with <c>--kafka</c> the user's own.</summary>
/// <param name="Connection">Owned by whoever holds this.</param>
/// <param name="ClusterId">Its id in URLs.</param>
internal sealed record DevCluster(IClusterConnection Connection, string ClusterId) : IAsyncDisposable
{
    /// <returns>The cluster, or a sentence that says which setting to change.</returns>
    public static async Task<(DevCluster? Cluster, string? Problem)> OpenAsync(
        DevOptions options, Uri address, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        if (options.ClusterId is { } id && !ClusterName.IsValid(id))
        {
            return (null, $"--cluster-id '{id}' cannot be part of a URL: {ClusterName.Rule}.");
        }

        return options.Kafka is { } bootstrap
            ? await ConnectAsync(options, bootstrap, loggers, cancellationToken)
            : await OpenEmbeddedAsync(options, address, loggers);
    }

    public ValueTask DisposeAsync() => Connection.DisposeAsync();

    private static async Task<(DevCluster?, string?)> OpenEmbeddedAsync(DevOptions options, Uri address, ILoggerFactory loggers)
    {
        var embedded = new EmbeddedClusterOptions
        {
            Directory = Path.Combine(options.DataDirectory, "cluster"),
            ClusterId = options.ClusterId ?? DevOptions.EmbeddedClusterId,
            Host = address.Host,
            Port = address.Port,
        };
        try
        {
            var cluster = await EmbeddedCluster.OpenAsync(embedded, TimeProvider.System, loggers);
            return (new DevCluster(cluster, cluster.ClusterId), null);
        }
        catch (EmbeddedClusterException unusable)
        {
            return (null, $"{unusable.Message} (--data {options.DataDirectory})");
        }
    }

    private static async Task<(DevCluster?, string?)> ConnectAsync(
        DevOptions options, string bootstrap, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        var settings = new KafkaClusterOptions { ClusterId = options.ClusterId, UnavailableAfter = options.UnavailableAfter };
        settings.Client["bootstrap.servers"] = bootstrap;
        if (settings.Validate() is [var problem, ..])
        {
            return (null, $"--kafka {bootstrap}: {problem}");
        }

        var connection = new KafkaClusterConnection(settings, loggers.CreateLogger<KafkaClusterConnection>());
        if (options.ClusterId is { } alias)
        {
            return (new DevCluster(connection, alias), null);
        }

        // Without an alias every URL holds Kafka's own id, so it must be known before the commands are printed.
        var described = await connection.For(new ClusterCaller("User:sluice")).DescribeClusterAsync(cancellationToken);
        if (described.TryGet(out var cluster, out var error))
        {
            return (new DevCluster(connection, cluster.ClusterId), null);
        }

        await connection.DisposeAsync();
        return (null, $"--kafka {bootstrap}: {error.Message} Start the cluster, correct the address, or give --cluster-id to start without it.");
    }
}
