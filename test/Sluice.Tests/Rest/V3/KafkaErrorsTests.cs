using Sluice.Http;
using Sluice.Kafka;
using Sluice.Testing;

namespace Sluice.Tests.Rest.V3;

/// <summary>The table from Kafka's error codes to HTTP, code by code, and every endpoint with a cluster that fails.</summary>
public sealed class KafkaErrorsTests(FailingGateway shared) : IClassFixture<FailingGateway>
{
    private static readonly KafkaErrorCode[] Authentication =
        [KafkaErrorCode.SaslAuthenticationFailed, KafkaErrorCode.UnsupportedSaslMechanism, KafkaErrorCode.IllegalSaslState];

    private static readonly KafkaErrorCode[] Authorization =
    [
        KafkaErrorCode.TopicAuthorizationFailed, KafkaErrorCode.GroupAuthorizationFailed, KafkaErrorCode.ClusterAuthorizationFailed,
        KafkaErrorCode.TransactionalIdAuthorizationFailed, KafkaErrorCode.DelegationTokenAuthorizationFailed,
    ];

    private static readonly KafkaErrorCode[] BadRequest =
    [
        KafkaErrorCode.InvalidReplicationFactor, KafkaErrorCode.InvalidPartitions, KafkaErrorCode.InvalidRequest, KafkaErrorCode.InvalidConfig,
        KafkaErrorCode.PolicyViolation, KafkaErrorCode.TopicAlreadyExists, KafkaErrorCode.TopicDeletionDisabled, KafkaErrorCode.SecurityDisabled,
        KafkaErrorCode.UnsupportedVersion, KafkaErrorCode.UnknownServerError, KafkaErrorCode.InvalidTopic,

        // The proxy's table has no line for these and answers 500/50002, although it is the request that is wrong.
        KafkaErrorCode.InvalidReplicaAssignment, KafkaErrorCode.InvalidRecord, KafkaErrorCode.InvalidTimestamp, KafkaErrorCode.OffsetOutOfRange,
        KafkaErrorCode.InvalidGroupId, KafkaErrorCode.NonEmptyGroup, KafkaErrorCode.UnknownMemberId,
    ];

    // RetriableException and its descendants in Apache Kafka 4.3, without those that have a line of their own.
    private static readonly KafkaErrorCode[] Retriable =
    [
        KafkaErrorCode.CorruptMessage, KafkaErrorCode.LeaderNotAvailable, KafkaErrorCode.NotLeaderOrFollower, KafkaErrorCode.RequestTimedOut,
        KafkaErrorCode.ReplicaNotAvailable, KafkaErrorCode.NetworkException, KafkaErrorCode.CoordinatorLoadInProgress,
        KafkaErrorCode.CoordinatorNotAvailable, KafkaErrorCode.NotCoordinator, KafkaErrorCode.NotEnoughReplicas,
        KafkaErrorCode.NotEnoughReplicasAfterAppend, KafkaErrorCode.NotController, KafkaErrorCode.ConcurrentTransactions,
        KafkaErrorCode.KafkaStorageError, KafkaErrorCode.FetchSessionIdNotFound, KafkaErrorCode.InvalidFetchSessionEpoch,
        KafkaErrorCode.ListenerNotFound, KafkaErrorCode.FencedLeaderEpoch, KafkaErrorCode.UnknownLeaderEpoch, KafkaErrorCode.OffsetNotAvailable,
        KafkaErrorCode.PreferredLeaderNotAvailable, KafkaErrorCode.EligibleLeadersNotAvailable, KafkaErrorCode.ElectionNotNeeded,
        KafkaErrorCode.UnstableOffsetCommit, KafkaErrorCode.InconsistentTopicId, KafkaErrorCode.FetchSessionTopicIdError,
        KafkaErrorCode.ShareSessionNotFound, KafkaErrorCode.InvalidShareSessionEpoch, KafkaErrorCode.ShareSessionLimitReached,
    ];

    private readonly FailingCluster _failing = shared.Cluster;
    private readonly GatewayHost _gateway = shared.Gateway;

    public static TheoryData<int> Codes => [.. Enum.GetValues<KafkaErrorCode>().Where(c => c != KafkaErrorCode.None).Select(c => (int)c)];

    public static TheoryData<string, string, string?> Endpoints => new()
    {
        { "GET", "", null },
        { "GET", "/broker-configs", null },
        { "GET", "/broker-configs/a", null },
        { "PUT", "/broker-configs/a", """{"value":"1"}""" },
        { "DELETE", "/broker-configs/a", null },
        { "POST", "/broker-configs:alter", """{"data":[{"name":"a","value":"1"}]}""" },
        { "GET", "/brokers", null },
        { "GET", "/brokers/1", null },
        { "GET", "/brokers/-/configs", null },
        { "GET", "/brokers/1/configs", null },
        { "GET", "/brokers/1/configs/a", null },
        { "PUT", "/brokers/1/configs/a", """{"value":"1"}""" },
        { "DELETE", "/brokers/1/configs/a", null },
        { "POST", "/brokers/1/configs:alter", """{"data":[{"name":"a","value":"1"}]}""" },
        { "GET", "/brokers/1/partition-replicas", null },
        { "GET", "/topics", null },
        { "POST", "/topics", """{"topic_name":"t"}""" },
        { "GET", "/topics/t", null },
        { "PATCH", "/topics/t", """{"partitions_count":2}""" },
        { "DELETE", "/topics/t", null },
        { "GET", "/topics/t/configs", null },
        { "GET", "/topics/t/configs/a", null },
        { "PUT", "/topics/t/configs/a", """{"value":"1"}""" },
        { "DELETE", "/topics/t/configs/a", null },
        { "POST", "/topics/t/configs:alter", """{"data":[{"name":"a","value":"1"}]}""" },
        { "GET", "/topics/-/configs", null },
        { "POST", "/topics/-/configs:alter", """{"data":[{"topic_name":"t","configs":[{"name":"a","value":"1"}]}]}""" },
        { "GET", "/topics/t/default-configs", null },
        { "GET", "/topics/t/partitions", null },
        { "GET", "/topics/t/partitions/0", null },
        { "GET", "/topics/t/partitions/0/offset", null },
        { "GET", "/topics/t/partitions/0/replicas", null },
        { "GET", "/topics/t/partitions/0/replicas/1", null },
        { "GET", "/topics/-/partitions/-/reassignment", null },
        { "GET", "/topics/t/partitions/-/reassignment", null },
        { "GET", "/topics/t/partitions/0/reassignment", null },
        { "GET", "/acls", null },
        { "POST", "/acls", """{"resource_type":"TOPIC","resource_name":"t","pattern_type":"LITERAL","principal":"User:a","host":"*","operation":"READ","permission":"ALLOW"}""" },
        { "POST", "/acls:batch", """{"data":[{"resource_type":"TOPIC","resource_name":"t","pattern_type":"LITERAL","principal":"User:a","host":"*","operation":"READ","permission":"ALLOW"}]}""" },
        { "DELETE", "/acls?resource_type=ANY&pattern_type=ANY&operation=ANY&permission=ANY", null },
        { "GET", "/consumer-groups", null },
        { "GET", "/consumer-groups/g", null },
        { "GET", "/consumer-groups/g/consumers", null },
        { "GET", "/consumer-groups/g/consumers/c", null },
        { "GET", "/consumer-groups/g/consumers/c/assignments", null },
        { "GET", "/consumer-groups/g/consumers/c/assignments/t/partitions/0", null },
        { "GET", "/consumer-groups/g/lag-summary", null },
        { "GET", "/consumer-groups/g/lags", null },
        { "GET", "/consumer-groups/g/lags/t/partitions/0", null },
        { "GET", "/share-groups", null },
        { "GET", "/share-groups/g", null },
        { "GET", "/share-groups/g/consumers", null },
        { "GET", "/share-groups/g/consumers/c", null },
        { "GET", "/share-groups/g/consumers/c/assignments", null },
        { "GET", "/streams-groups", null },
        { "GET", "/streams-groups/g", null },
        { "GET", "/streams-groups/g/subtopologies", null },
        { "GET", "/streams-groups/g/subtopologies/0", null },
        { "GET", "/streams-groups/g/members", null },
        { "GET", "/streams-groups/g/members/m", null },
        { "GET", "/streams-groups/g/members/m/assignments", null },
        { "GET", "/streams-groups/g/members/m/target-assignments", null },
        { "GET", "/streams-groups/g/members/m/assignments/active", null },
        { "GET", "/streams-groups/g/members/m/target-assignments/standby/subtopologies/0", null },
    };

    [Fact]
    public async Task Every_code_of_the_protocol_has_its_status_and_number_over_HTTP()
    {
        foreach (var code in Enum.GetValues<KafkaErrorCode>().Where(c => c != KafkaErrorCode.None))
        {
            _failing.Error = new KafkaError(code, $"Kafka says {code}.");
            var answer = await _gateway.GetAsync($"{_gateway.Cluster}/topics");

            var (status, number) = Expected(code);
            Assert.True((status, number) == (answer.Status, answer.ErrorCode), $"{code}: expected {status}/{number}, got {answer.Status}/{answer.ErrorCode}");
            Assert.Equal($"Kafka says {code}.", answer.Message);
        }
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void Every_code_has_a_text_also_when_Kafka_gave_none(int code)
    {
        var error = KafkaErrors.ToGateway(new KafkaError((KafkaErrorCode)code, ""));

        Assert.Equal(Expected((KafkaErrorCode)code), (error.Status, error.Code));
        Assert.NotEmpty(error.Message);
    }

    [Fact]
    public void A_code_that_a_newer_broker_may_send_is_a_Kafka_error() =>
        Assert.Equal(new GatewayError(500, 50002, "New."), KafkaErrors.ToGateway(new KafkaError((KafkaErrorCode)999, "New.")));

    [Fact]
    public void A_producer_that_waited_for_a_topic_in_vain_says_40401() =>
        Assert.Equal(
            new GatewayError(404, 40401, "Topic t not present in metadata after 60000 ms."),
            KafkaErrors.ToGateway(new KafkaError(KafkaErrorCode.RequestTimedOut, "Topic t not present in metadata after 60000 ms.")));

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task An_endpoint_hands_on_what_the_cluster_says(string method, string path, string? body)
    {
        foreach (var (code, status, number) in new[]
        {
            (KafkaErrorCode.LocalBrokerUnavailable, 503, 50302), (KafkaErrorCode.ClusterAuthorizationFailed, 403, 40301),
            (KafkaErrorCode.ThrottlingQuotaExceeded, 429, 42901), (KafkaErrorCode.RequestTimedOut, 500, 50003),
        })
        {
            _failing.Error = new KafkaError(code, "Said.");
            var answer = await _gateway.SendAsync(new HttpMethod(method), _gateway.Cluster + path, body);

            Assert.Equal((status, number, "Said."), (answer.Status, answer.ErrorCode, answer.Message));
        }
    }

    [Theory]
    [InlineData("/consumer-groups/g")]
    [InlineData("/consumer-groups/g/consumers")]
    [InlineData("/consumer-groups/g/lags")]
    [InlineData("/consumer-groups/g/lag-summary")]
    [InlineData("/share-groups/g")]
    [InlineData("/streams-groups/g/members/m")]
    public async Task A_group_that_the_caller_may_not_describe_is_refused_as_any_other_resource(string path)
    {
        _failing.Error = new KafkaError(KafkaErrorCode.GroupAuthorizationFailed, "Not authorized to access group: g");
        var answer = await _gateway.GetAsync(_gateway.Cluster + path);

        Assert.Equal((403, 40301), (answer.Status, answer.ErrorCode));
    }

    [Fact]
    public async Task A_record_that_fails_has_the_same_number_in_its_report()
    {
        foreach (var (code, number) in new[]
        {
            (KafkaErrorCode.TopicAuthorizationFailed, 40301), (KafkaErrorCode.SaslAuthenticationFailed, 40101), (KafkaErrorCode.MessageTooLarge, 413),
            (KafkaErrorCode.UnknownTopicOrPartition, 40403), (KafkaErrorCode.InvalidTopic, 40002), (KafkaErrorCode.NotEnoughReplicas, 50003),
            (KafkaErrorCode.OutOfOrderSequenceNumber, 50002), (KafkaErrorCode.LocalBrokerUnavailable, 50302), (KafkaErrorCode.LocalQueueFull, 429),
        })
        {
            _failing.Error = new KafkaError(code, "First line.\nSecond line.");
            var answer = await _gateway.PostAsync($"{_gateway.Cluster}/topics/t/records", "{}");

            Assert.Equal(200, answer.Status);
            Assert.Equal($$"""{"error_code":{{number}},"message":"First line."}""" + "\r\n", answer.Body);
        }
    }

    private static (int Status, int Code) Expected(KafkaErrorCode code) => code switch
    {
        _ when Authentication.Contains(code) => (401, 40101),
        _ when Authorization.Contains(code) => (403, 40301),
        _ when BadRequest.Contains(code) => (400, 40002),
        KafkaErrorCode.BrokerNotAvailable or KafkaErrorCode.LocalBrokerUnavailable => (503, 50302),
        KafkaErrorCode.MessageTooLarge or KafkaErrorCode.RecordListTooLarge => (413, 413),
        KafkaErrorCode.UnknownTopicOrPartition or KafkaErrorCode.UnknownTopicId => (404, 40403),
        KafkaErrorCode.ThrottlingQuotaExceeded => (429, 42901),
        KafkaErrorCode.LocalQueueFull => (429, 429),
        KafkaErrorCode.GroupIdNotFound => (404, 404),
        KafkaErrorCode.LocalNoClusterId => (502, 502),
        KafkaErrorCode.LocalNotSupported => (501, 501),
        _ when Retriable.Contains(code) => (500, 50003),
        _ => (500, 50002),
    };
}
