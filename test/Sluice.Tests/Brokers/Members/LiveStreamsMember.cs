using Sluice.Kafka;
using Sluice.Kafka.Groups;

namespace Sluice.Tests.Brokers.Members;

/// <summary>A member of a streams group that runs whatever tasks it is given, without running anything.</summary>
internal sealed class LiveStreamsMember : GroupMemberLoop
{
    private readonly StreamsTopology _topology;
    private int _epoch;

    private LiveStreamsMember(string bootstrap, string clientId, string group, StreamsTopology topology)
        : base(bootstrap, clientId, group) => _topology = topology;

    public StreamsAssignment Assignment { get; private set; } = new([], [], []);

    public static async Task<LiveStreamsMember> JoinAsync(string bootstrap, string clientId, string group, StreamsTopology topology)
    {
        var member = new LiveStreamsMember(bootstrap, clientId, group, topology);
        await member.StartAsync();
        return member;
    }

    protected override async Task<bool> BeatAsync()
    {
        var answer = await SendAsync(new StreamsGroupHeartbeatRequest(Group, MemberId, _epoch, _topology, _epoch == 0 ? new([], [], []) : Assignment));
        Assert.True(answer.Error == KafkaErrorCode.None, $"{answer.Error}: {answer.Message}");
        _epoch = answer.MemberEpoch;

        // An answer without tasks says that nothing has changed.
        if (answer.Assignment.Active.Count + answer.Assignment.Standby.Count + answer.Assignment.Warmup.Count > 0)
        {
            Assignment = answer.Assignment;
        }

        return Assignment.Active.Count > 0;
    }

    protected override Task LeaveAsync() => SendAsync(new StreamsGroupHeartbeatRequest(Group, MemberId, -1, null, null));
}
