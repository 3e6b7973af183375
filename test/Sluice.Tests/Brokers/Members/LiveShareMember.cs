using Sluice.Kafka;

namespace Sluice.Tests.Brokers.Members;

/// <summary>A member of a share group that reads nothing.</summary>
internal sealed class LiveShareMember : GroupMemberLoop
{
    private readonly string _topic;
    private int _epoch;

    private LiveShareMember(string bootstrap, string clientId, string group, string topic)
        : base(bootstrap, clientId, group) => _topic = topic;

    public static async Task<LiveShareMember> JoinAsync(string bootstrap, string clientId, string group, string topic)
    {
        var member = new LiveShareMember(bootstrap, clientId, group, topic);
        await member.StartAsync();
        return member;
    }

    protected override async Task<bool> BeatAsync()
    {
        var answer = await SendAsync(new ShareGroupHeartbeatRequest(Group, MemberId, _epoch, [_topic]));
        Assert.True(answer.Error == KafkaErrorCode.None, $"{answer.Error}: {answer.Message}");
        _epoch = answer.MemberEpoch;
        return _epoch > 0;
    }

    protected override Task LeaveAsync() => SendAsync(new ShareGroupHeartbeatRequest(Group, MemberId, -1, null));
}
