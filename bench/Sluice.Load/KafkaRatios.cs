using System.Diagnostics;
using System.Text;
using Confluent.Kafka;
using Sluice.Testing;
using Sluice.Testing.Kafka;

namespace Sluice.Load;

/// <summary>In front of a real Kafka, against a bare Confluent.Kafka producer that writes the same records to the same broker with the same settings.</summary>
internal static class KafkaRatios
{
    private const int Rounds = 4; // the first warms up
    private const int Partitions = 6;

    public static async Task RunAsync()
    {
        if (RealKafka.WhyNot(new RealKafkaOptions()) is { } why)
        {
            Report.Line("kafka", why);
            return;
        }

        await using var kafka = await RealKafka.StartAsync(new RealKafkaOptions());
        await using var gateway = await GatewayHost.StartAsync(dev: dev => dev with { Kafka = kafka.Plain });
        await gateway.CreateTopicAsync("single", Partitions);
        await gateway.CreateTopicAsync("stream", Partitions);
        using var producer = new ProducerBuilder<byte[], byte[]>(new ProducerConfig
        {
            BootstrapServers = kafka.Plain,
            Acks = Acks.All,
            EnableIdempotence = true,
            LingerMs = 2,
            BatchSize = 500_000,
            QueueBufferingMaxKbytes = 262_144,
            Partitioner = Partitioner.Murmur2Random,
        }).Build();

        await SingleAsync(gateway, producer);
        await StreamAsync(gateway, producer);
    }

    private static async Task SingleAsync(GatewayHost gateway, IProducer<byte[], byte[]> producer)
    {
        var path = $"{gateway.Cluster}/topics/single/records";
        var headers = $"Authorization: Bearer {await gateway.TokenAsync()}\r\nConfluent-Identity-Pool-Id: {gateway.Info.PoolId}\r\n";
        var url = new Uri(gateway.Info.Url);
        var request = SingleRecord.Request(url, path, headers, StreamedRecords.Record(1));
        var message = Message(1);

        var rates = new List<double>();
        var ratios = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            var ours = await SingleRecord.LoadAsync(url, request);
            var watch = Stopwatch.StartNew();
            var counts = await Task.WhenAll(Enumerable.Range(0, SingleRecord.Connections).Select(_ => Task.Run(() => BareAsync(watch))));
            var bare = counts.Sum() / watch.Elapsed.TotalSeconds;
            if (round > 0)
            {
                rates.Add(ours);
                ratios.Add(ours / bare);
            }
        }

        Report.Line(
            "kafka: single-record produce",
            $"{Report.Median(rates):N0} req/s on {SingleRecord.Connections} connections, {Report.Median(ratios):P0} of {SingleRecord.Connections} callers of a bare Confluent.Kafka producer");

        async Task<long> BareAsync(Stopwatch watch)
        {
            var count = 0L;
            for (; watch.Elapsed < SingleRecord.Round; count++)
            {
                await producer.ProduceAsync("single", message);
            }

            return count;
        }
    }

    private static async Task StreamAsync(GatewayHost gateway, IProducer<byte[], byte[]> producer)
    {
        var chunks = StreamedRecords.Chunks();
        var messages = Enumerable.Range(0, StreamedRecords.Records).Select(Message).ToArray();
        string[] headers = [$"Authorization: Bearer {await gateway.TokenAsync()}", $"Confluent-Identity-Pool-Id: {gateway.Info.PoolId}"];
        var url = new Uri($"{gateway.Info.Url}{gateway.Cluster}/topics/stream/records");

        var rates = new List<double>();
        var ratios = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            var ours = await StreamedRecords.StreamAsync(url, headers, chunks);
            var bare = Bare();
            if (round > 0)
            {
                rates.Add(StreamedRecords.Records / ours);
                ratios.Add(bare / ours);
            }
        }

        Report.Line("kafka: streamed records", $"{Report.Median(rates):N0}/s on one connection, {Report.Median(ratios):P0} of a bare Confluent.Kafka producer");

        double Bare()
        {
            var watch = Stopwatch.StartNew();
            var failed = 0;
            foreach (var message in messages)
            {
                while (true)
                {
                    try
                    {
                        producer.Produce("stream", message, report => failed += report.Error.IsError ? 1 : 0);
                        break;
                    }
                    catch (ProduceException<byte[], byte[]> e) when (e.Error.Code == ErrorCode.Local_QueueFull)
                    {
                        producer.Poll(TimeSpan.FromMilliseconds(5));
                    }
                }
            }

            producer.Flush(TimeSpan.FromSeconds(60));
            return failed == 0 ? watch.Elapsed.TotalSeconds : throw new InvalidOperationException($"{failed} records failed");
        }
    }

    /// <summary>What the gateway makes of <see cref="StreamedRecords.Record"/>.</summary>
    private static Message<byte[], byte[]> Message(int i) => new()
    {
        Key = Encoding.UTF8.GetBytes($"sensor-{i % 1000}"),
        Value = Encoding.UTF8.GetBytes($$"""{"unit":"K","reading":{{i}}}"""),
    };
}
