using System.Text.RegularExpressions;
using Sluice.Testing;

namespace Sluice.Tests.Contract;

/// <summary>A gateway, with one of everything that a path can name, and names for them.</summary>
internal sealed partial class ContractWorld
{
    private static int _names;

    private readonly Dictionary<string, Func<Task<string>>> _values = new(StringComparer.Ordinal);

    private ContractWorld(GatewayHost gateway) => Gateway = gateway;

    public GatewayHost Gateway { get; }

    /// <param name="gateway">In front of a cluster.</param>
    /// <param name="join">
    /// Makes the live members and the reassignment, given the topic, the group and how to name things: what a cluster needs clients or more
    /// brokers for.
    /// </param>
    public static async Task<ContractWorld> MakeAsync(GatewayHost gateway, Func<string, Action<string, string>, Task> join)
    {
        var world = new ContractWorld(gateway);
        var topic = Fresh();
        await gateway.CreateTopicAsync(topic, 2);
        await gateway.PostAsync($"{gateway.Cluster}/topics/{topic}/records", """{"partition_id":0,"value":{"type":"JSON","data":1}}""");
        var brokers = await gateway.GetAsync($"{gateway.Cluster}/brokers");
        var broker = brokers.Json.GetProperty("data")[0].GetProperty("broker_id").GetRawText();
        world.Name("cluster_id", gateway.Info.ClusterId);
        world.Name("topic_name", topic);
        world.Name("partition_id", "0");
        world.Name("broker_id", broker);
        world.Name("assignments_type", "active");
        foreach (var nothing in new[] { "link_name", "config_name", "mirror_topic_name", "task_type" })
        {
            world.Name(nothing, "x");
        }

        world._values["new_name"] = () => Task.FromResult(Fresh());
        world._values["new_topic"] = world.NewTopicAsync;
        world._values["cluster_config"] = world.SetClusterConfigAsync;
        world._values["acl_topic"] = world.NewAclAsync;
        await join(topic, world.Name);
        return world;
    }

    /// <summary>Whether there is one: not every cluster can have everything.</summary>
    public bool Has(string name) => _values.ContainsKey(name);

    /// <summary>The path of a request, without prefix.</summary>
    public async Task<string> PathAsync(string template, ContractCase request)
    {
        var path = template;
        foreach (var name in Parameter().Matches(template).Select(match => match.Groups["name"].Value))
        {
            var given = request.With.LastOrDefault(value => value.Name == name).Value ?? "$" + name;
            path = path.Replace("{" + name + "}", Uri.EscapeDataString(await FillAsync(given)), StringComparison.Ordinal);
        }

        return path + await FillAsync(request.Query);
    }

    /// <summary>Puts values for their names.</summary>
    public async Task<string> FillAsync(string text)
    {
        for (var match = Value().Match(text); match.Success; match = Value().Match(text))
        {
            var value = await _values[match.Groups["name"].Value]();
            text = text[..match.Index] + value + text[(match.Index + match.Length)..];
        }

        return text;
    }

    public static string Fresh() => $"contract-{Environment.ProcessId}-{Interlocked.Increment(ref _names)}";

    private void Name(string name, string value) => _values[name] = () => Task.FromResult(value);

    private async Task<string> NewTopicAsync()
    {
        var topic = Fresh();
        await Gateway.CreateTopicAsync(topic, 2);
        return topic;
    }

    private async Task<string> SetClusterConfigAsync()
    {
        const string Config = "log.cleaner.max.compaction.lag.ms";
        var path = $"{Gateway.Cluster}/broker-configs/{Config}";
        await Gateway.SendAsync(HttpMethod.Put, path, """{"value":"9223372036854775807"}""");
        await UntilAsync(path, answer => answer.Status == 200);
        return Config;
    }

    private async Task<string> NewAclAsync()
    {
        var topic = Fresh();
        var body = $$"""{"resource_type":"TOPIC","resource_name":"{{topic}}","pattern_type":"LITERAL","principal":"User:contract","host":"*","operation":"READ","permission":"ALLOW"}""";
        await Gateway.PostAsync($"{Gateway.Cluster}/acls", body);
        await UntilAsync($"{Gateway.Cluster}/acls?resource_name={topic}", answer => answer.Body.Contains("User:contract", StringComparison.Ordinal));
        return topic;
    }

    /// <summary>Changes reach a real broker a moment after they are acknowledged.</summary>
    public async Task<Answer> UntilAsync(string path, Func<Answer, bool> holds)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(90), TimeProvider.System);
        while (true)
        {
            var answer = await Gateway.GetAsync(path);
            if (holds(answer))
            {
                return answer;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, deadline.Token);
        }
    }

    [GeneratedRegex(@"\{(?<name>[a-z_]+)\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Parameter();

    [GeneratedRegex(@"\$(?<name>[a-z_]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Value();
}
