using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Sluice.Hosting;
using Sluice.Kafka;
using Sluice.Testing;

namespace Sluice.Tests.Rest.V3;

/// <summary>
/// What the tests of one resource share. Each resource has one abstract class of tests and a sealed one for each kind of cluster, so that
/// everything said over HTTP is said of both. The real cluster is shared: tests keep apart by name.
/// </summary>
public abstract class RestTests(SharedGateway shared)
{
    private static int _names;

    private protected GatewayHost Gateway => shared.Gateway;

    /// <summary>Path of the cluster.</summary>
    private protected string Cluster => Gateway.Cluster;

    /// <summary>The same with scheme and authority: what bodies link to.</summary>
    private protected string ClusterUrl => Gateway.Info.Url + Gateway.Cluster;

    private protected string Crn => $"crn:///kafka={Gateway.Info.ClusterId}";

    /// <summary>Behind the gateway's back, for what HTTP cannot set up.</summary>
    private protected ICluster Port => Gateway.Services.GetRequiredService<ClusterDirectory>().All[0].For(new ClusterCaller("User:test"));

    private protected static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private protected static string Unique(string prefix) => $"{prefix}-{Environment.ProcessId}-{Interlocked.Increment(ref _names)}";

    private protected async Task<string> NewTopicAsync(int partitions = 1, string prefix = "t")
    {
        var topic = Unique(prefix);
        await Gateway.CreateTopicAsync(topic, partitions);
        return topic;
    }

    /// <summary>Changes to configs and ACLs reach a real broker a moment after they are acknowledged.</summary>
    private protected static async Task<T> EventuallyAsync<T>(Func<Task<T>> ask, Func<T, bool> holds)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        deadline.CancelAfter(TimeSpan.FromSeconds(90));
        while (true)
        {
            var answer = await ask();
            if (holds(answer))
            {
                return answer;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, deadline.Token);
        }
    }

    /// <summary>Also waits while a busy machine keeps a broker from answering in time.</summary>
    private protected Task<Answer> EventuallyAsync(string path, Func<Answer, bool> holds) =>
        EventuallyAsync(() => Gateway.GetAsync(path), answer => answer.Status != 503 && holds(answer));

    private protected static IReadOnlyList<JsonElement> Data(Answer answer)
    {
        Assert.Equal(200, answer.Status);
        return [.. answer.Json.GetProperty("data").EnumerateArray()];
    }

    private protected static string Text(JsonElement element, string property) => element.GetProperty(property).GetString()!;

    /// <summary>The envelope of a list, which never has a next page.</summary>
    private protected static void AssertList(Answer answer, string kind, string self)
    {
        Assert.Equal(200, answer.Status);
        Assert.Equal(
            $$"""{"kind":"{{kind}}","metadata":{"self":"{{self}}","next":null},"data":[""", answer.Body[..answer.Body.IndexOf('[', StringComparison.Ordinal)] + "[");
    }

    private protected static void AssertError(Answer answer, int status, int code, string? message = null)
    {
        Assert.Equal((status, code), (answer.Status, answer.ErrorCode));
        Assert.Equal("application/json", answer.ContentHeaders.ContentType?.MediaType);
        Assert.NotEmpty(answer.Message);
        if (message is not null)
        {
            Assert.Equal(message, answer.Message);
        }
    }
}
