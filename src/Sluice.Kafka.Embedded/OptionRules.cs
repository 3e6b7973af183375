namespace Sluice.Kafka.Embedded;

internal static class OptionRules
{
    /// <exception cref="EmbeddedClusterException">An option makes no sense.</exception>
    public static void Check(EmbeddedClusterOptions options)
    {
        Require(!string.IsNullOrWhiteSpace(options.Directory), "a directory must be named");
        Require(options.DefaultPartitions >= 1, "the default number of partitions must be at least 1");
        Require(options.MaxPartitions >= 1, "the largest number of partitions must be at least 1");
        Require(options.BrokerId >= 0, "the broker id must not be negative");
        Require(options.Port is > 0 and <= 65535, "the port must be between 1 and 65535");
        Require(options.MaxQueuedBytes > 0, "the bytes that may wait for the disk must be more than 0");
        Require(options.CleanupInterval > TimeSpan.Zero, "the clean-up interval must be more than 0");
        Require(options.ClusterId is not "", "the cluster id must not be empty; leave it out to use the cluster's own");
    }

    private static void Require(bool holds, string sentence)
    {
        if (!holds)
        {
            throw new EmbeddedClusterException($"The embedded cluster cannot be opened: {sentence}.");
        }
    }
}
