using Microsoft.Extensions.Logging;
using Sluice.Kafka;
using Sluice.Kafka.Acls;
using Sluice.Kafka.Brokers;

namespace Sluice.Access.Guard;

/// <summary>
/// The port as one caller may use it: each call asks for the operations that Kafka's brokers ask for (<c>KafkaApis</c>, <c>ControllerApis</c>), and is answered as
/// they answer, before the cluster hears of it. Lists leave out what the caller may not describe.
/// </summary>
public sealed partial class GuardedCluster(ICluster inner, ClusterAccess access, AccessCaller caller, ILogger logger) : ICluster
{
    /// <summary>Needs nothing: which brokers there are is no secret among those whom a pool admits.</summary>
    public Task<KafkaResult<ClusterDescription>> DescribeClusterAsync(CancellationToken cancellationToken) => inner.DescribeClusterAsync(cancellationToken);

    private bool May(in AccessNeed need) => access.Current.Allows(caller, need);

    /// <returns>Null: it may be done.</returns>
    private KafkaError? Refusal(in AccessNeed need)
    {
        var decision = access.Current.Decide(caller, need);
        return decision.IsAllowed ? null : Refuse(decision, need);
    }

    private KafkaError Refuse(in Decision decision, in AccessNeed need)
    {
        if (logger.IsEnabled(LogLevel.Information))
        {
            var reason = decision.Describe(caller, need);
            Log.Denied(logger, reason);
        }

        var code = need.ResourceType switch
        {
            AclResourceType.Topic => KafkaErrorCode.TopicAuthorizationFailed,
            AclResourceType.Group => KafkaErrorCode.GroupAuthorizationFailed,
            _ => KafkaErrorCode.ClusterAuthorizationFailed,
        };
        return new KafkaError(code, $"Request is not authorized: it needs {need}.");
    }

    /// <summary>One result for each question, in order: those that are refused have theirs, the others are asked together.</summary>
    private async Task<IReadOnlyList<KafkaResult<TResult>>> EachAsync<T, TResult>(
        IReadOnlyList<T> questions, Func<T, AccessNeed> need, Func<IReadOnlyList<T>, Task<IReadOnlyList<KafkaResult<TResult>>>> ask)
    {
        var results = new KafkaResult<TResult>[questions.Count];
        var asked = new List<int>(questions.Count);
        for (var i = 0; i < results.Length; i++)
        {
            if (Refusal(need(questions[i])) is { } refused)
            {
                results[i] = refused;
            }
            else
            {
                asked.Add(i);
            }
        }

        if (asked.Count > 0)
        {
            var answers = await ask(asked.Count == results.Length ? questions : [.. asked.Select(i => questions[i])]);
            for (var i = 0; i < asked.Count; i++)
            {
                results[asked[i]] = answers[i];
            }
        }

        return results;
    }
}
