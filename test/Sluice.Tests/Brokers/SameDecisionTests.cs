using System.Text.RegularExpressions;
using Sluice.Testing;
using Sluice.Tests.Brokers.Deciding;

namespace Sluice.Tests.Brokers;

/// <summary>
/// Who has the same ACLs may do the same, whether the gateway decides or the broker: every request of a table, with every set of ACLs, asked of one broker on
/// both ways.
/// </summary>
public sealed partial class SameDecisionTests
{
    [Fact]
    public async Task The_gateway_decides_by_ACLs_as_the_broker_does()
    {
        await using var kafka = await TwiceKafka.StartAsync();
        await kafka.AllowAsync(Profiles.ForEverybody);
        var differences = new List<string>();
        var onPurpose = new HashSet<string>();
        var allowed = 0;
        foreach (var (name, acls) in Profiles.All)
        {
            var pool = await kafka.CreatePoolAsync(name);
            await kafka.AllowAsync(acls($"User:{pool}"));
            foreach (var question in Questions.All)
            {
                var byGateway = await AnswerAsync(TwiceKafka.GatewayDecides);
                var byBroker = await AnswerAsync(TwiceKafka.BrokerDecides);
                allowed += byBroker.StartsWith('2') ? 1 : 0;
                if (byGateway == byBroker)
                {
                    continue;
                }

                if (Why(name, question, byGateway, byBroker) is { } why)
                {
                    onPurpose.Add(why);
                }
                else
                {
                    differences.Add($"{name}: {question}: the gateway says {byGateway}, the broker {byBroker}");
                }

                async Task<string> AnswerAsync(string cluster)
                {
                    await kafka.PrepareAsync(question);
                    return Summary(await kafka.AskAsync(cluster, name, pool, question), cluster);
                }
            }
        }

        Assert.Empty(differences);
        Assert.Equal(3, onPurpose.Count);
        Assert.InRange(allowed, Questions.All.Count, Questions.All.Count * Profiles.All.Count / 2); // neither all nor nothing
    }

    /// <summary>Differences that docs/kafka.md explains.</summary>
    private static string? Why(string profile, Question question, string byGateway, string byBroker) =>
        question.Path == "/topics/ghost/records" && (byGateway, byBroker) == ("200 40301", "200 40403")
            ? "A record for a topic that does not exist: a client looks for the topic first, the gateway for the right to write."
        : question.Path.StartsWith("/share-groups", StringComparison.Ordinal)
            && byGateway.StartsWith("200", StringComparison.Ordinal) && (byBroker == "403 40301" || byBroker.Contains("\"data\":[]", StringComparison.Ordinal))
            ? "A group that reads topics which the caller may not describe: brokers show nothing of it, the gateway shows it without these topics."
        : profile == "all-of-the-cluster-but-some-topics" && byGateway == "403 40301"
            ? "A denial of a topic: for a broker a right to create or delete on the cluster is enough, the gateway heeds the denial."
        : null;

    /// <summary>Status, error code, and what is shown.</summary>
    private static string Summary(Answer answer, string cluster)
    {
        if (answer.Body.Length == 0)
        {
            return $"{answer.Status}";
        }

        return answer.Lines[0].TryGetProperty("error_code", out var code)
            ? $"{answer.Status} {code}"
            : $"{answer.Status} {Elsewhere().Replace(answer.Body.Replace(cluster, "lkc", StringComparison.Ordinal), "")}";
    }

    /// <summary>What the two have to say differently: the listener, and in whose words something is refused.</summary>
    [GeneratedRegex("""
        "(port|message)":("[^"]*"|\d+)
        """)]
    private static partial Regex Elsewhere();
}
