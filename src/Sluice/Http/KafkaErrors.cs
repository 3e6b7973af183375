using Sluice.Kafka;

namespace Sluice.Http;

/// <summary>The one table from what Kafka says to what the client sees (numbers of the REST Proxy's own mapper).</summary>
internal static class KafkaErrors
{
    public static GatewayError ToGateway(KafkaError error) => Numbers(error) switch
    {
        var (status, code) => new GatewayError(status, code, Text(error)),
    };

    private static (int Status, int Code) Numbers(KafkaError error) => error.Code switch
    {
        KafkaErrorCode.SaslAuthenticationFailed or
        KafkaErrorCode.UnsupportedSaslMechanism or
        KafkaErrorCode.IllegalSaslState => (401, 40101),

        KafkaErrorCode.TopicAuthorizationFailed or
        KafkaErrorCode.GroupAuthorizationFailed or
        KafkaErrorCode.ClusterAuthorizationFailed or
        KafkaErrorCode.TransactionalIdAuthorizationFailed or
        KafkaErrorCode.DelegationTokenAuthorizationFailed => (403, 40301),

        KafkaErrorCode.BrokerNotAvailable or
        KafkaErrorCode.LocalBrokerUnavailable => (503, 50302),

        KafkaErrorCode.InvalidReplicationFactor or
        KafkaErrorCode.InvalidPartitions or
        KafkaErrorCode.InvalidRequest or
        KafkaErrorCode.InvalidConfig or
        KafkaErrorCode.InvalidTopic or
        KafkaErrorCode.PolicyViolation or
        KafkaErrorCode.TopicAlreadyExists or
        KafkaErrorCode.TopicDeletionDisabled or
        KafkaErrorCode.SecurityDisabled or
        KafkaErrorCode.UnsupportedVersion or
        KafkaErrorCode.UnknownServerError => (400, 40002),

        // Kafka refuses these for what the client sent; the proxy's exact-class table would call them a server error.
        KafkaErrorCode.InvalidReplicaAssignment or
        KafkaErrorCode.InvalidRecord or
        KafkaErrorCode.InvalidTimestamp or
        KafkaErrorCode.OffsetOutOfRange or
        KafkaErrorCode.InvalidGroupId or
        KafkaErrorCode.NonEmptyGroup or
        KafkaErrorCode.UnknownMemberId => (400, 40002),

        KafkaErrorCode.MessageTooLarge or
        KafkaErrorCode.RecordListTooLarge => (413, 413),

        KafkaErrorCode.UnknownTopicOrPartition or
        KafkaErrorCode.UnknownTopicId => (404, 40403),

        // Java's producer says so when it has waited for a topic in vain.
        KafkaErrorCode.RequestTimedOut when error.Message?.Contains("not present in metadata", StringComparison.Ordinal) == true => (404, 40401),

        KafkaErrorCode.LocalNoClusterId => (502, 502),
        KafkaErrorCode.GroupIdNotFound => (404, 404),
        KafkaErrorCode.ThrottlingQuotaExceeded => (429, 42901),
        KafkaErrorCode.LocalQueueFull => (429, 429),
        KafkaErrorCode.LocalNotSupported => (501, 501),

        _ => error.IsRetriable ? (500, 50003) : (500, 50002),
    };

    private static string Text(KafkaError error) => error.Message is { Length: > 0 } message
        ? message
        : error.Code switch
        {
            KafkaErrorCode.UnknownTopicOrPartition => KafkaError.UnknownTopic.Message,
            KafkaErrorCode.TopicAuthorizationFailed or
            KafkaErrorCode.GroupAuthorizationFailed or
            KafkaErrorCode.ClusterAuthorizationFailed => "Request is not authorized",
            _ => $"Kafka answered {error.Code}",
        };
}
