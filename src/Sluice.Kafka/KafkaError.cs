namespace Sluice.Kafka;

/// <summary>A refusal or failure that Kafka, or the way to it, gave. Travels as a value; bugs travel as exceptions.</summary>
/// <param name="Code">What happened, in Kafka's numbers.</param>
/// <param name="Message">
/// One sentence for the client, in the wording of Kafka's own (Java) code where clients match on it.
/// Empty means: no more is known than the code says.
/// </param>
public readonly record struct KafkaError(KafkaErrorCode Code, string Message)
{
    /// <summary>The text every unknown topic gets, whichever call met it.</summary>
    public static KafkaError UnknownTopic { get; } =
        new(KafkaErrorCode.UnknownTopicOrPartition, "This server does not host this topic-partition.");

    /// <summary>True when trying again later may work (Kafka's <c>RetriableException</c>).</summary>
    public bool IsRetriable => Code
        is KafkaErrorCode.LocalQueueFull or KafkaErrorCode.LocalBrokerUnavailable or KafkaErrorCode.CorruptMessage
        or KafkaErrorCode.UnknownTopicOrPartition or KafkaErrorCode.LeaderNotAvailable or KafkaErrorCode.NotLeaderOrFollower
        or KafkaErrorCode.RequestTimedOut or KafkaErrorCode.ReplicaNotAvailable or KafkaErrorCode.NetworkException
        or KafkaErrorCode.CoordinatorLoadInProgress or KafkaErrorCode.CoordinatorNotAvailable or KafkaErrorCode.NotCoordinator
        or KafkaErrorCode.NotEnoughReplicas or KafkaErrorCode.NotEnoughReplicasAfterAppend or KafkaErrorCode.NotController
        or KafkaErrorCode.ConcurrentTransactions or KafkaErrorCode.KafkaStorageError or KafkaErrorCode.FetchSessionIdNotFound
        or KafkaErrorCode.InvalidFetchSessionEpoch or KafkaErrorCode.ListenerNotFound or KafkaErrorCode.FencedLeaderEpoch
        or KafkaErrorCode.UnknownLeaderEpoch or KafkaErrorCode.OffsetNotAvailable or KafkaErrorCode.PreferredLeaderNotAvailable
        or KafkaErrorCode.EligibleLeadersNotAvailable or KafkaErrorCode.ElectionNotNeeded or KafkaErrorCode.UnstableOffsetCommit
        or KafkaErrorCode.ThrottlingQuotaExceeded or KafkaErrorCode.UnknownTopicId or KafkaErrorCode.InconsistentTopicId
        or KafkaErrorCode.FetchSessionTopicIdError or KafkaErrorCode.ShareSessionNotFound or KafkaErrorCode.InvalidShareSessionEpoch
        or KafkaErrorCode.ShareSessionLimitReached;
}
