using Sluice.Kafka;
using Sluice.Kafka.Groups;

namespace Sluice.Tests.Brokers.Members;

/// <summary>A member of a streams group that runs whatever tasks it is given, without running anything.</summary>
internal sealed class LiveStreamsMember : GroupMemberLoop
{
    private readonly StreamsTopology _topology;
    private readonly bool _waits;

    private LiveStreamsMember(string bootstrap, string clientId, string group, StreamsTopology topology, bool waits)
        : base(bootstrap, clientId, group) => (_topology, _waits) = (topology, waits);

    public int Epoch { get; private set; }

    public StreamsAssignment Assignment { get; private set; } = new([], [], []);

    /// <param name="bootstrap">The cluster.</param>
    /// <param name="clientId">As the member names itself.</param>
    /// <param name="group">Which group.</param>
    /// <param name="topology">What the member can run.</param>
    /// <param name="waits">Until it has been given a task.</param>
    public static async Task<LiveStreamsMember> JoinAsync(string bootstrap, string clientId, string group, StreamsTopology topology, bool waits = true)
    {
        var member = new LiveStreamsMember(bootstrap, clientId, group, topology, waits);
        await member.StartAsync();
        return member;
    }

    protected override async Task<bool> BeatAsync()
    {
        var answer = await SendAsync(new StreamsGroupHeartbeatRequest(Group, MemberId, Epoch, _topology, Epoch == 0 ? new([], [], []) : Assignment));
        Assert.True(answer.Error == KafkaErrorCode.None, $"{answer.Error}: {answer.Message}");
        Epoch = answer.MemberEpoch;

        // An answer without tasks says that nothing has changed.
        Assignment = answer.Assignment ?? Assignment;
        return !_waits || Assignment.Active.Count > 0;
    }

    protected override Task LeaveAsync() => SendAsync(new StreamsGroupHeartbeatRequest(Group, MemberId, -1, null, null));
}
