using Sluice.Kafka;
using Sluice.Kafka.Groups;
using Sluice.Testing;

namespace Sluice.Tests.Rest.V3;

/// <summary>The bodies of streams groups, of a group that a stub of the port has.</summary>
public sealed class StreamsGroupsTests : IClassFixture<FailingGateway>
{
    private static readonly StreamsAssignment Current = new([new("1", [0, 1]), new("0", [2])], [new("0", [3])], []);
    private static readonly StreamsAssignment Target = new([new("0", [2])], [], [new("1", [0])]);

    private readonly GatewayHost _gateway;
    private readonly string _url;

    public StreamsGroupsTests(FailingGateway shared)
    {
        shared.Cluster.Error = new KafkaError(KafkaErrorCode.GroupIdNotFound, "No such group.");
        shared.Cluster.StreamsGroup = new StreamsGroupDescription(
            "app", GroupState.NotReady, 1, 7, 5, 6, [new("1", ["b", "a"]), new("0", ["in"])],
            [
                new("m-2", null, "client-2", "/10.0.0.2", "process-2", 3, 5, true, Target, Target),
                new("m-1", "instance-1", "client-1", "/10.0.0.1", "process-1", 4, 5, false, Current, Target),
            ]);
        _gateway = shared.Gateway;
        _url = $"{_gateway.Info.Url}{_gateway.Cluster}/streams-groups/app";
    }

    private string Path => $"{_gateway.Cluster}/streams-groups/app";

    [Fact]
    public async Task A_group_is_listed_and_found()
    {
        var answer = await _gateway.GetAsync(Path);
        var list = await _gateway.GetAsync($"{_gateway.Cluster}/streams-groups");

        var body = $$"""{"kind":"KafkaStreamsGroup","metadata":{"self":"{{_url}}","resource_name":"crn:///kafka=lkc-dev/streams-group=app"},"cluster_id":"lkc-dev","group_id":"app","group_epoch":7,"target_assignment_epoch":6,"topology_epoch":5,"state":"NOT_READY","member_count":2,"subtopology_count":2,"members":{"related":"{{_url}}/members"},"subtopologies":{"related":"{{_url}}/subtopologies"{{"}}"}}""";
        Assert.Equal(body, answer.Body);
        Assert.Equal(
            $$"""{"kind":"KafkaStreamsGroupList","metadata":{"self":"{{_url[..^4]}}","next":null},"data":[{{body}}]}""", list.Body);
    }

    [Fact]
    public async Task Subtopologies_are_by_id()
    {
        var list = await _gateway.GetAsync($"{Path}/subtopologies");
        var single = await _gateway.GetAsync($"{Path}/subtopologies/1");
        var missing = await _gateway.GetAsync($"{Path}/subtopologies/2");

        Assert.Equal(
            $$"""{"kind":"KafkaStreamsGroupSubtopology","metadata":{"self":"{{_url}}/subtopologies/1","resource_name":"crn:///kafka=lkc-dev/streams-group=app/subtopology=1"},"cluster_id":"lkc-dev","group_id":"app","subtopology_id":"1","source_topics":["b","a"]}""",
            single.Body);
        Assert.Equal("KafkaStreamsGroupSubtopologyList", list.Json.GetProperty("kind").GetString());
        Assert.Equal(["0", "1"], list.Json.GetProperty("data").EnumerateArray().Select(s => s.GetProperty("subtopology_id").GetString()));
        Assert.Equal((404, 404), (missing.Status, missing.ErrorCode));
    }

    [Fact]
    public async Task Members_are_by_id_and_link_to_both_assignments()
    {
        var list = await _gateway.GetAsync($"{Path}/members");
        var single = await _gateway.GetAsync($"{Path}/members/m-1");
        var missing = await _gateway.GetAsync($"{Path}/members/m-3");
        var assignments = await _gateway.GetAsync($"{Path}/members/m-1/assignments");
        var targets = await _gateway.GetAsync($"{Path}/members/m-1/target-assignments");

        Assert.Equal(
            $$"""{"kind":"KafkaStreamsGroupMember","metadata":{"self":"{{_url}}/members/m-1","resource_name":"crn:///kafka=lkc-dev/streams-group=app/member=m-1"},"cluster_id":"lkc-dev","group_id":"app","member_id":"m-1","process_id":"process-1","client_id":"client-1","instance_id":"instance-1","member_epoch":4,"topology_epoch":5,"is_classic":false,"assignments":{"related":"{{_url}}/members/m-1/assignments"},"target_assignment":{"related":"{{_url}}/members/m-1/target-assignments"{{"}}"}}""",
            single.Body);
        Assert.Equal("KafkaStreamsGroupMemberList", list.Json.GetProperty("kind").GetString());
        Assert.Equal(["m-1", "m-2"], list.Json.GetProperty("data").EnumerateArray().Select(m => m.GetProperty("member_id").GetString()));
        Assert.Equal("", list.Json.GetProperty("data")[1].GetProperty("instance_id").GetString());
        Assert.Equal((404, 404), (missing.Status, missing.ErrorCode));
        Assert.Equal(
            $$"""{"kind":"KafkaStreamsGroupMemberAssignments","metadata":{"self":"{{_url}}/members/m-1/assignments","resource_name":"crn:///kafka=lkc-dev/streams-group=app/member=m-1/assignments"},"cluster_id":"lkc-dev","group_id":"app","member_id":"m-1","active_tasks":{"related":"{{_url}}/members/m-1/assignments/active"},"standby_tasks":{"related":"{{_url}}/members/m-1/assignments/standby"},"warmup_tasks":{"related":"{{_url}}/members/m-1/assignments/warmup"{{"}}"}}""",
            assignments.Body);
        Assert.Equal($"{_url}/members/m-1/target-assignments/warmup", targets.Json.GetProperty("warmup_tasks").GetProperty("related").GetString());
    }

    [Theory]
    [InlineData("assignments/active", "0:2 1:0,1")]
    [InlineData("assignments/ACTIVE", "0:2 1:0,1")]
    [InlineData("assignments/standby", "0:3")]
    [InlineData("assignments/warmup", "")]
    [InlineData("target-assignments/Active", "0:2")]
    [InlineData("target-assignments/warmup", "1:0")]
    public async Task Tasks_are_listed_by_type_and_subtopology(string path, string tasks)
    {
        var answer = await _gateway.GetAsync($"{Path}/members/m-1/{path}");

        Assert.Equal(200, answer.Status);
        Assert.Equal(tasks, string.Join(' ', answer.Json.GetProperty("data").EnumerateArray().Select(
            t => $"{t.GetProperty("subtopology_id").GetString()}:{string.Join(',', t.GetProperty("partition_ids").EnumerateArray())}")));
        Assert.Equal($"{_url}/members/m-1/{path.ToLowerInvariant()}", answer.Json.GetProperty("metadata").GetProperty("self").GetString());
    }

    [Fact]
    public async Task The_tasks_of_one_subtopology_are_found()
    {
        var answer = await _gateway.GetAsync($"{Path}/members/m-1/assignments/active/subtopologies/1");
        var missing = await _gateway.GetAsync($"{Path}/members/m-1/target-assignments/active/subtopologies/1");
        var lukewarm = await _gateway.GetAsync($"{Path}/members/m-1/assignments/lukewarm");

        Assert.Equal(
            $$"""{"kind":"GetStreamsTaskResponse","metadata":{"self":"{{_url}}/members/m-1/assignments/active/subtopologies/1","resource_name":"crn:///kafka=lkc-dev/streams-group=app/member=m-1/assignments=active/subtopology=1"},"subtopology_id":"1","partition_ids":[0,1]}""",
            answer.Body);
        Assert.Equal((404, 404), (missing.Status, missing.ErrorCode));
        Assert.Equal((404, 404), (lukewarm.Status, lukewarm.ErrorCode));
    }
}
