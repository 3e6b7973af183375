using System.Diagnostics;
using System.Globalization;
using Sluice.Kafka.Acls;
using Sluice.Kafka.Client;
using Sluice.Kafka.Client.Minting;
using Sluice.Kafka.Records;
using Sluice.Kafka.Topics;
using Sluice.Testing.Kafka;

namespace Sluice.Kafka.Tests.Real;

/// <summary>Counts the process's threads and files: nothing else may run meanwhile. <c>SLUICE_TEST_PRINCIPALS</c> says how many (200).</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;

[Collection(nameof(Alone))]
public sealed class PrincipalsTests
{
    private const int MaxClients = 8;

    private static int Principals { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("SLUICE_TEST_PRINCIPALS"), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : 200;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Many_principals_leave_no_thread_file_or_client_behind()
    {
        var jwks = Path.Combine(Path.GetTempPath(), $"sluice-jwks-{Guid.NewGuid():N}.json");
        var wanted = new RealKafkaOptions { JwksFile = jwks, NeedsLauncher = true };
        ApacheKafka.SkipWithout(wanted);
        using var ring = new SigningKeyRing(new SigningKeyRingOptions { Issuer = wanted.Issuer, Audience = wanted.Audience, JwksFile = jwks });
        await using var kafka = await RealKafka.StartAsync(wanted);
        await using (var admin = ApacheKafka.Connect(kafka.Plain))
        {
            var superuser = admin.For(new ClusterCaller("User:admin"));
            Assert.True((await superuser.CreateTopicAsync(new NewTopic("t", 1, 1), Cancelled)).IsSuccess);
            var acl = new AclBinding(AclResourceType.Topic, "t", AclPatternType.Literal, "User:*", "*", AclOperation.All, AclPermission.Allow);
            Assert.All(await superuser.CreateAclsAsync([acl], Cancelled), made => Assert.True(made.IsSuccess, made.Error.ToString()));
        }

        var options = new KafkaClusterOptions
        {
            BrokerIdentity = BrokerIdentity.Minted,
            TokenMinter = ring,
            MaxClients = MaxClients,
            ClientIdleTimeout = TimeSpan.FromSeconds(2),
            UnavailableAfter = ApacheKafka.Patience,
        };
        options.Client["bootstrap.servers"] = kafka.OAuth;
        options.Client["security.protocol"] = "SASL_PLAINTEXT";
        await using var connection = new KafkaClusterConnection(options);

        await UseAsync(connection, 0, 50);
        var (threads, files) = await RestAsync(connection);
        await UseAsync(connection, 50, Principals);
        var (threadsAfter, filesAfter) = await RestAsync(connection);

        TestContext.Current.SendDiagnosticMessage("threads {0} -> {1}, files {2} -> {3}", threads, threadsAfter, files, filesAfter);
        Assert.InRange(threadsAfter, 0, threads + 10); // the thread pool's own coming and going
        Assert.InRange(filesAfter, 0, files + 10);
        File.Delete(jwks);
    }

    private static async Task UseAsync(KafkaClusterConnection connection, int first, int count) => await Parallel.ForEachAsync(
        Enumerable.Range(first, count),
        new ParallelOptions { MaxDegreeOfParallelism = MaxClients / 2, CancellationToken = Cancelled },
        async (i, cancellationToken) =>
        {
            var cluster = connection.For(new ClusterCaller($"User:pool-{i}"));
            var report = await cluster.ProduceAsync(new RecordToProduce { Topic = "t", HasValue = true, Value = "v"u8 });
            Assert.True(report.IsSuccess, report.Error.ToString());
            Assert.True((await cluster.DescribeClusterAsync(cancellationToken)).IsSuccess);
            Assert.InRange(connection.ClientCount, 1, MaxClients);
        });

    /// <summary>Once the idle ones have been closed.</summary>
    private static async Task<(int Threads, int Files)> RestAsync(KafkaClusterConnection connection)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        deadline.CancelAfter(TimeSpan.FromSeconds(60));
        while (connection.ClientCount > 0 || connection.ClosingClientCount > 0)
        {
            await Task.Delay(100, deadline.Token);
        }

        await Task.Delay(TimeSpan.FromSeconds(1), Cancelled); // sockets of closed connections
        using var self = Process.GetCurrentProcess();
        return (self.Threads.Count, OperatingSystem.IsLinux() ? Directory.GetFileSystemEntries("/proc/self/fd").Length : self.HandleCount);
    }
}
