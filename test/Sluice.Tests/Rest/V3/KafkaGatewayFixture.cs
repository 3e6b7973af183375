using Sluice.Testing;
using Sluice.Testing.Kafka;

namespace Sluice.Tests.Rest.V3;

/// <summary>The same gateway in front of a real Kafka, by <c>sluice dev --kafka</c>. Tests are skipped, saying what to set, where there is none.</summary>
public sealed class KafkaGatewayFixture : GatewayFixture
{
    internal override GatewayHost Gateway
    {
        get
        {
            if (SharedKafka.WhyNot is { } why)
            {
                Assert.Skip(why);
            }

            return base.Gateway;
        }
    }

    /// <summary>The cluster itself, for a second opinion.</summary>
    internal RealKafka Kafka { get; private set; } = null!;

    private protected override async Task<GatewayHost?> StartAsync()
    {
        if (SharedKafka.WhyNot is not null)
        {
            return null;
        }

        Kafka = await SharedKafka.StartAsync();
        return await GatewayHost.StartAsync(dev: dev => dev with { Kafka = Kafka.Plain, UnavailableAfter = TimeSpan.FromSeconds(30) });
    }
}
