using Testcontainers.Kafka;

namespace Sluice.Testing.Kafka;

/// <summary>
/// A Kafka in a container, for a machine that has a Docker engine and no launcher. One for the whole process; Testcontainers removes it afterwards.
/// To the tests it is a cluster known by its address alone.
/// </summary>
internal static class DockerKafka
{
    private const string Image = "apache/kafka:4.1.0";

    private static readonly Lazy<(string? Address, string? WhyNot)> Started = new(() => Task.Run(StartAsync).GetAwaiter().GetResult());

    /// <summary>HOST:PORT; null when there is none. Starts it when first asked.</summary>
    public static string? Address => Started.Value.Address;

    /// <summary>Why there is none.</summary>
    public static string? WhyNot => Started.Value.WhyNot;

    private static async Task<(string? Address, string? WhyNot)> StartAsync()
    {
        if (Environment.GetEnvironmentVariable("DOCKER_HOST") is null && !File.Exists("/var/run/docker.sock"))
        {
            return (null, "no Docker engine was found");
        }

        try
        {
            var container = new KafkaBuilder(Image).Build();
            using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
            await container.StartAsync(limit.Token);
            return (new Uri(container.GetBootstrapAddress()).Authority, null);
        }
#pragma warning disable CA1031 // Whatever Docker says, the tests skip and tell it.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return (null, $"Docker did not start {Image} ({e.Message.Split('\n')[0]})");
        }
    }
}
