using System.Globalization;
using System.Text.Json;
using Sluice.Kafka.Groups;
using Sluice.Tests.Brokers.Members;

namespace Sluice.Tests.Rest.V3;

/// <summary>
/// A streams group with two live members on a real broker, against what the coordinator told the members and what Kafka's own tool says.
/// There is no client library here that joins one: the members speak the protocol themselves.
/// </summary>
public sealed class LiveStreamsGroupTests(KafkaGateway shared) : RestTests(shared), IClassFixture<KafkaGateway>
{
    [Fact]
    public async Task A_live_streams_group_shows_its_topology_its_members_and_their_tasks()
    {
        _ = Gateway;
        var (a, b) = (await NewTopicAsync(2, "streams"), await NewTopicAsync(3, "streams"));
        var group = Unique("streams");
        if (shared.Kafka.HasLauncher)
        {
            await shared.Kafka.ToolAsync(
                "configs", "--bootstrap-server", shared.Kafka.Plain, "--alter", "--entity-type", "groups", "--entity-name", group,
                "--add-config", "streams.num.standby.replicas=1,streams.initial.rebalance.delay.ms=0");
        }

        await using var first = await JoinAsync(group, "process-1", a, b);
        await using var second = await JoinAsync(group, "process-2", a, b);
        LiveStreamsMember[] members = [first, second];
        var path = $"{Cluster}/streams-groups/{group}";
        var settled = await EventuallyAsync(path, answer => answer.Status == 200 && Text(answer.Json, "state") == "STABLE" && Settled(members));

        Assert.Equal(
            (group, 2, 2, 1),
            (Text(settled.Json, "group_id"), settled.Json.GetProperty("member_count").GetInt32(), settled.Json.GetProperty("subtopology_count").GetInt32(),
                settled.Json.GetProperty("topology_epoch").GetInt32()));
        Assert.Equal(settled.Json.GetProperty("group_epoch").GetInt32(), settled.Json.GetProperty("target_assignment_epoch").GetInt32());
        Assert.Contains(Data(await Gateway.GetAsync($"{Cluster}/streams-groups")), listed => listed.GetRawText() == settled.Body);
        Assert.Equal(
            [("0", a), ("1", b)],
            Data(await Gateway.GetAsync($"{path}/subtopologies")).Select(s => (Text(s, "subtopology_id"), s.GetProperty("source_topics")[0].GetString()!)));
        var listedMembers = Data(await Gateway.GetAsync($"{path}/members"));
        Assert.Equal(members.Select(m => m.MemberId).Order(StringComparer.Ordinal), listedMembers.Select(m => Text(m, "member_id")));
        foreach (var member in members)
        {
            var described = (await Gateway.GetAsync($"{path}/members/{member.MemberId}")).Json;
            Assert.Equal(
                (member == first ? "process-1" : "process-2", member.ClientId, "", member.Epoch, 1, false),
                (Text(described, "process_id"), Text(described, "client_id"), Text(described, "instance_id"), described.GetProperty("member_epoch").GetInt32(),
                    described.GetProperty("topology_epoch").GetInt32(), described.GetProperty("is_classic").GetBoolean()));
            foreach (var which in (string[])["assignments", "target-assignments"])
            {
                Assert.Equal(Words(member.Assignment.Active), await TasksAsync($"{path}/members/{member.MemberId}/{which}/active"));
                Assert.Equal(Words(member.Assignment.Standby), await TasksAsync($"{path}/members/{member.MemberId}/{which}/standby"));
                Assert.Empty(await TasksAsync($"{path}/members/{member.MemberId}/{which}/warmup"));
            }
        }

        Assert.Equal(["0:0", "0:1", "1:0", "1:1", "1:2"], members.SelectMany(m => Words(m.Assignment.Active)).Order(StringComparer.Ordinal));
        AssertError(await Gateway.GetAsync($"{Cluster}/consumer-groups/{group}"), 404, 404);
        AssertError(await Gateway.GetAsync($"{Cluster}/share-groups/{group}"), 404, 404);
        if (shared.Kafka.HasLauncher)
        {
            // Only the second subtopology has state to stand by for.
            Assert.Equal(["1:0", "1:1", "1:2"], members.SelectMany(m => Words(m.Assignment.Standby)).Order(StringComparer.Ordinal));
            await AssertToolAgreesAsync(group, settled.Json, listedMembers);
        }
    }

    [Fact]
    public async Task A_group_that_waits_for_its_topics_is_not_ready()
    {
        _ = Gateway;
        var group = Unique("streams");
        var topology = new StreamsTopology(1, [new StreamsSubtopology("0", [Unique("missing")])], "process-1");
        await using var member = await LiveStreamsMember.JoinAsync(shared.Kafka.Plain, "streamer", group, topology, waits: false);

        var answer = await EventuallyAsync($"{Cluster}/streams-groups/{group}", a => a.Status == 200);
        var listed = Data(await Gateway.GetAsync($"{Cluster}/streams-groups")).Single(g => Text(g, "group_id") == group);

        Assert.Equal("NOT_READY", Text(answer.Json, "state"));
        Assert.Equal("NOT_READY", Text(listed, "state"));
        Assert.Empty(await TasksAsync($"{Cluster}/streams-groups/{group}/members/{member.MemberId}/assignments/active"));
    }

    private Task<LiveStreamsMember> JoinAsync(string group, string process, string a, string b)
    {
        var topology = new StreamsTopology(1, [new StreamsSubtopology("0", [a]), new StreamsSubtopology("1", [b])], process)
        {
            Changelogs = new Dictionary<string, string>(StringComparer.Ordinal) { ["1"] = $"{group}-store-changelog" },
        };
        return LiveStreamsMember.JoinAsync(shared.Kafka.Plain, $"client-{process}", group, topology);
    }

    /// <summary>All five tasks are given out, and every member knows.</summary>
    private static bool Settled(LiveStreamsMember[] members) => members.Sum(m => m.Assignment.Active.Sum(t => t.Partitions.Count)) == 5;

    private static IEnumerable<string> Words(IReadOnlyList<StreamsTasks> tasks) =>
        tasks.OrderBy(t => t.SubtopologyId, StringComparer.Ordinal).SelectMany(t => t.Partitions.Order().Select(p => $"{t.SubtopologyId}:{p}"));

    private async Task<IEnumerable<string>> TasksAsync(string path) =>
        Data(await Gateway.GetAsync(path)).SelectMany(t => t.GetProperty("partition_ids").EnumerateArray().Select(p => p.GetInt32()).Order().Select(
            p => $"{Text(t, "subtopology_id")}:{p.ToString(CultureInfo.InvariantCulture)}"));

    /// <summary>A line for each member: its epoch, process and tasks as the tool writes them.</summary>
    private async Task AssertToolAgreesAsync(string group, JsonElement described, IReadOnlyList<JsonElement> members)
    {
        using var tool = shared.Kafka.StartJava(
            "org.apache.kafka.tools.streams.StreamsGroupCommand", "--bootstrap-server", shared.Kafka.Plain, "--describe", "--group", group, "--members", "--verbose");
        _ = tool.StandardError.ReadToEndAsync(Cancelled);
        var said = (await tool.StandardOutput.ReadToEndAsync(Cancelled)).Split('\n')
            .Where(line => line.StartsWith(group, StringComparison.Ordinal))
            .Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
        var expected = new List<string>();
        foreach (var member in members)
        {
            var id = Text(member, "member_id");
            var path = $"{Cluster}/streams-groups/{group}/members/{id}";
            expected.Add(
                $"{group} {described.GetProperty("target_assignment_epoch")} {described.GetProperty("topology_epoch")} {id} streams "
                + $"{member.GetProperty("member_epoch")} {Text(member, "process_id")} {Text(member, "client_id")} "
                + $"ACTIVE: {await ToolTasksAsync($"{path}/assignments/active")} STANDBY: {await ToolTasksAsync($"{path}/assignments/standby")} "
                + $"TARGET-ACTIVE: {await ToolTasksAsync($"{path}/target-assignments/active")} TARGET-STANDBY: {await ToolTasksAsync($"{path}/target-assignments/standby")}");
        }

        Assert.Equal(expected.Order(StringComparer.Ordinal), said.Order(StringComparer.Ordinal));
    }

    private async Task<string> ToolTasksAsync(string path) => string.Join(' ', Data(await Gateway.GetAsync(path)).Select(
        tasks => $"{Text(tasks, "subtopology_id")}:[{string.Join(',', tasks.GetProperty("partition_ids").EnumerateArray().Select(p => p.GetInt32()).Order())}];"));
}
