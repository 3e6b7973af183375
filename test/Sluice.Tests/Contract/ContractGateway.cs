using Microsoft.Extensions.DependencyInjection;
using Sluice.Hosting;
using Sluice.Testing;
using Sluice.Testing.Kafka;
using Sluice.Testing.Specs;
using Sluice.Tests.Rest.V3;

namespace Sluice.Tests.Contract;

/// <summary>A gateway of its own for the walk, and every description of its operations.</summary>
public abstract class ContractGateway : IAsyncLifetime
{
    private ContractWorld? _world;
    private ILookup<string, (string Document, SpecRoute Route, bool IsOurs)>? _descriptions;

    /// <summary>Skips the test where there can be none.</summary>
    internal ContractWorld World
    {
        get
        {
            if (WhyNot is { } why)
            {
                Assert.Skip(why);
            }

            return _world!;
        }
    }

    internal SpecDocument Own { get; private set; } = null!;

    private protected virtual string? WhyNot => null;

    public async ValueTask InitializeAsync()
    {
        if (WhyNot is not null)
        {
            return;
        }

        _world = await StartAsync();
        Own = SpecDocument.Parse("openapi.json", (await _world.Gateway.GetAsync("/openapi.json")).Body);
        List<(SpecDocument Document, string Prefix)> all = [(Own, "/kafka/v3")];
        if (SpecFiles.All is { } files)
        {
            all.AddRange([(files.Cloud, "/kafka/v3"), (files.OnPremises, "")]);
        }

        _descriptions = all.SelectMany(one => one.Document.Routes
                .Where(route => route.Template.StartsWith(one.Prefix + "/clusters", StringComparison.Ordinal))
                .Select(route => (Key: ContractOperation.KeyOf(route.Method, route.Template[one.Prefix.Length..]), one.Document, Route: route)))
            .ToLookup(one => one.Key, one => (one.Document.Name, one.Route, one.Document == Own), StringComparer.Ordinal);
    }

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_world is not null)
        {
            await _world.Gateway.DisposeAsync();
        }
    }

    internal IEnumerable<(string Document, SpecRoute Route, bool IsOurs)> Descriptions(ContractOperation operation) => _descriptions![operation.Key];

    private protected abstract Task<ContractWorld> StartAsync();
}

/// <summary>In front of an embedded cluster, with groups and a reassignment added: it has no members and one broker.</summary>
public sealed class EmbeddedContractGateway : ContractGateway
{
    private protected override async Task<ContractWorld> StartAsync()
    {
        PopulatedCluster? populated = null;
        var gateway = await SharedGateways.ReadyAsync(await GatewayHost.StartAsync(builder =>
        {
            var inner = (ClusterDirectory)builder.Services.Last(service => service.ServiceType == typeof(ClusterDirectory)).ImplementationInstance!;
            populated = new PopulatedCluster(inner.All[0]);
            builder.Services.AddSingleton(new ClusterDirectory([populated]));
        }));
        return await ContractWorld.MakeAsync(gateway, async (topic, name) =>
        {
            var moving = ContractWorld.Fresh();
            await gateway.CreateTopicAsync(moving);
            populated!.Populate(topic, moving);
            name("moving_topic", moving);
            name("consumer_group_id", PopulatedCluster.ConsumerGroup);
            name("consumer_id", PopulatedCluster.Member);
            name("share_group", PopulatedCluster.ShareGroup);
            name("share_member", PopulatedCluster.Member);
            name("streams_group", PopulatedCluster.StreamsGroup);
            name("member_id", PopulatedCluster.Member);
            name("subtopology_id", "0");
        });
    }
}

/// <summary>In front of a real broker, with live members of every kind of group.</summary>
public sealed class KafkaContractGateway : ContractGateway
{
    // Its own, and not anybody's: what is sent to it would spoil other tests.
    private static readonly RealKafkaOptions Wanted = new() { NeedsLauncher = true };

    private LiveMembers? _members;
    private RealKafka? _kafka;

    private protected override string? WhyNot { get; } = RealKafka.WhyNot(Wanted);

    public override async ValueTask DisposeAsync()
    {
        if (_members is not null)
        {
            await _members.DisposeAsync();
        }

        await base.DisposeAsync();
        if (_kafka is not null)
        {
            await _kafka.DisposeAsync();
        }
    }

    private protected override async Task<ContractWorld> StartAsync()
    {
        var kafka = _kafka = await RealKafka.StartAsync(Wanted);
        var gateway = await GatewayHost.StartAsync(dev: dev => dev with { Kafka = kafka.Plain, UnavailableAfter = TimeSpan.FromSeconds(30) });
        await SharedGateways.ReadyAsync(gateway);
        return await ContractWorld.MakeAsync(gateway, async (topic, name) =>
        {
            _members = await LiveMembers.JoinAsync(kafka.Plain, topic, ContractWorld.Fresh());
            name("consumer_group_id", _members.ConsumerGroup);
            name("consumer_id", _members.ConsumerId);
            name("share_group", _members.Share.Group);
            name("share_member", _members.Share.MemberId);
            name("streams_group", _members.Streams.Group);
            name("member_id", _members.Streams.MemberId);
            name("subtopology_id", "0");
        });
    }
}
