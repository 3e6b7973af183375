using Ck = Confluent.Kafka;

namespace Sluice.Kafka.Client;

/// <summary>The one place where errors of brokers and of librdkafka become ours, with a text that a client can act on.</summary>
internal static class KafkaErrorTexts
{
    /// <param name="code">From the broker's answer.</param>
    /// <param name="brokerText">The broker's own words; may be missing.</param>
    /// <param name="subject">Topic, group or other thing it is about; may be null.</param>
    public static KafkaError Of(KafkaErrorCode code, string? brokerText, string? subject = null) => code switch
    {
        KafkaErrorCode.UnknownTopicOrPartition => KafkaError.UnknownTopic,
        KafkaErrorCode.TopicAuthorizationFailed => new(code, $"Not authorized to access topics: [{subject}]"),
        KafkaErrorCode.GroupAuthorizationFailed => new(code, $"Not authorized to access group: {subject}"),
        _ => new(code, string.IsNullOrWhiteSpace(brokerText) ? Default(code, subject) : brokerText),
    };

    public static KafkaError Of(Ck.Error error, string? subject = null)
    {
        var code = CodeOf(error.Code);
        var own = error.Reason;
        var isLibraryText = string.IsNullOrEmpty(own)
            || own.StartsWith("Broker: ", StringComparison.Ordinal) || own.StartsWith("Local: ", StringComparison.Ordinal);
        return error.Code is Ck.ErrorCode.Local_MsgTimedOut
            ? new(code, "The record was not acknowledged within the delivery timeout. It may or may not have been stored.")
            : Of(code, isLibraryText ? null : own, subject);
    }

    /// <summary>librdkafka's codes are Kafka's from -1 up; below they are its own.</summary>
    public static KafkaErrorCode CodeOf(Ck.ErrorCode code) => code switch
    {
        >= Ck.ErrorCode.Unknown => (KafkaErrorCode)(int)code,
        Ck.ErrorCode.Local_Transport or Ck.ErrorCode.Local_AllBrokersDown or Ck.ErrorCode.Local_Resolve or Ck.ErrorCode.Local_Ssl
            or Ck.ErrorCode.Local_DestroyBroker => KafkaErrorCode.LocalBrokerUnavailable,
        Ck.ErrorCode.Local_Authentication => KafkaErrorCode.SaslAuthenticationFailed,
        Ck.ErrorCode.Local_TimedOut or Ck.ErrorCode.Local_TimedOutQueue or Ck.ErrorCode.Local_MsgTimedOut => KafkaErrorCode.RequestTimedOut,
        Ck.ErrorCode.Local_UnknownTopic or Ck.ErrorCode.Local_UnknownPartition => KafkaErrorCode.UnknownTopicOrPartition,
        Ck.ErrorCode.Local_QueueFull => KafkaErrorCode.LocalQueueFull,
        Ck.ErrorCode.Local_UnsupportedFeature => KafkaErrorCode.UnsupportedVersion,
        Ck.ErrorCode.Local_InvalidArg or Ck.ErrorCode.Local_Conflict => KafkaErrorCode.InvalidRequest,
        Ck.ErrorCode.Local_AutoOffsetReset => KafkaErrorCode.OffsetOutOfRange,
        Ck.ErrorCode.Local_BadMsg or Ck.ErrorCode.Local_BadCompression => KafkaErrorCode.CorruptMessage,
        Ck.ErrorCode.Local_WaitCoord => KafkaErrorCode.CoordinatorNotAvailable,
        Ck.ErrorCode.Local_UnknownGroup => KafkaErrorCode.GroupIdNotFound,
        Ck.ErrorCode.Local_IsrInsuff => KafkaErrorCode.NotEnoughReplicas,
        Ck.ErrorCode.Local_PurgeQueue or Ck.ErrorCode.Local_PurgeInflight or Ck.ErrorCode.Local_Destroy => KafkaErrorCode.NetworkException,
        _ => KafkaErrorCode.UnknownServerError,
    };

    /// <summary>For codes that came without a text.</summary>
    public static string Default(KafkaErrorCode code, string? subject = null) => code switch
    {
        KafkaErrorCode.UnknownTopicOrPartition => KafkaError.UnknownTopic.Message,
        KafkaErrorCode.TopicAlreadyExists => $"Topic '{subject}' already exists.",
        KafkaErrorCode.ClusterAuthorizationFailed => "Cluster authorization failed.",
        KafkaErrorCode.GroupIdNotFound => $"The group {subject} does not exist.",
        KafkaErrorCode.NonEmptyGroup => "The group is not empty.",
        KafkaErrorCode.UnknownMemberId => "The group has live members: offsets can only be set while it has none.",
        KafkaErrorCode.MessageTooLarge => "The record is larger than the topic's max.message.bytes.",
        KafkaErrorCode.RecordListTooLarge => "The record is larger than the topic's segment.bytes.",
        KafkaErrorCode.InvalidRecord => "The broker rejected the record. On a compacted topic a record needs a key.",
        KafkaErrorCode.InvalidTimestamp => "The timestamp of the record is outside the range that the topic accepts.",
        KafkaErrorCode.InvalidTopic => "The topic name is not valid.",
        KafkaErrorCode.OffsetOutOfRange => "The offset is outside the range that the partition holds.",
        KafkaErrorCode.LeaderNotAvailable => "The partition has no leader at the moment.",
        KafkaErrorCode.NotLeaderOrFollower => "The partition's leader has just moved.",
        KafkaErrorCode.NotEnoughReplicas or KafkaErrorCode.NotEnoughReplicasAfterAppend =>
            "Fewer replicas are in sync than min.insync.replicas asks for.",
        KafkaErrorCode.RequestTimedOut => "The Kafka cluster did not answer in time.",
        KafkaErrorCode.SecurityDisabled => "No authorizer is configured on the Kafka cluster.",
        KafkaErrorCode.SaslAuthenticationFailed => "Authentication with the Kafka cluster failed.",
        KafkaErrorCode.TopicDeletionDisabled => "Topic deletion is disabled on the Kafka cluster.",
        KafkaErrorCode.ThrottlingQuotaExceeded => "The Kafka cluster's controller mutation quota is exceeded: try again later.",
        KafkaErrorCode.UnsupportedVersion => "The Kafka cluster does not support this request.",
        KafkaErrorCode.LocalBrokerUnavailable => "No broker of the Kafka cluster can be reached.",
        KafkaErrorCode.LocalQueueFull => "The gateway's buffer for this cluster is full: try again later.",
        KafkaErrorCode.InvalidGroupId => "The group id is not valid.",
        _ => $"The Kafka cluster answered {code}.",
    };
}
