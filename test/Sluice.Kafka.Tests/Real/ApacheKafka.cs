using Sluice.Kafka.Client;
using Sluice.Testing.Kafka;

namespace Sluice.Kafka.Tests.Real;

/// <summary>One broker for all tests of the assembly that do not stop it, started by the first that needs it.</summary>
public static class ApacheKafka
{
    private static readonly RealKafkaOptions Options = new();
    private static readonly Lazy<Task<RealKafka>> Shared = new(() => RealKafka.StartAsync(Options));

    public static RealKafka Current => Shared.Value.IsCompletedSuccessfully
        ? Shared.Value.GetAwaiter().GetResult()
        : throw new InvalidOperationException("Not started.");

    public static async Task<RealKafka> StartAsync()
    {
        SkipWithout(Options);
        return await Shared.Value;
    }

    /// <summary>Skips the test visibly when there cannot be such a cluster.</summary>
    public static void SkipWithout(RealKafkaOptions options)
    {
        if (RealKafka.WhyNot(options) is { } why)
        {
            Assert.Skip(why);
        }
    }

    public static KafkaClusterConnection Connect(string bootstrap, params (string Name, string Value)[] settings)
    {
        var options = new KafkaClusterOptions();
        options.Client["bootstrap.servers"] = bootstrap;
        foreach (var (name, value) in settings)
        {
            options.Client[name] = value;
        }

        return new KafkaClusterConnection(options);
    }

    public static async ValueTask StopAsync()
    {
        if (Shared.IsValueCreated)
        {
            await (await Shared.Value).DisposeAsync();
        }
    }
}

/// <summary>A test class that needs the shared broker.</summary>
public interface IOnApacheKafka : IAsyncLifetime
{
    async ValueTask IAsyncLifetime.InitializeAsync() => await ApacheKafka.StartAsync();

#pragma warning disable CA1816 // nothing here has a finalizer
    ValueTask IAsyncDisposable.DisposeAsync() => default;
#pragma warning restore CA1816
}
