using System.Text;

using Sluice.Kafka.Embedded;
using Sluice.Kafka.Records;
using Sluice.Kafka.Topics;

// Produces to the cluster in a directory until it is killed, printing each acknowledgement:
//   partition TAB offset TAB timestamp TAB key
// The value and the header follow from the key, so that a reader can tell a torn record.
var cluster = (await EmbeddedCluster.OpenAsync(new() { Directory = args[0] }, TimeProvider.System)).For(new("User:crash"));
await cluster.CreateTopicAsync(new NewTopic("t", 3, 1), CancellationToken.None);
await Task.WhenAll(Enumerable.Range(0, 16).Select(async worker =>
{
    for (var i = 0; ; i++)
    {
        var key = $"{args[1]}-{worker}-{i}";
        var report = await ProduceAsync(key);
        if (!report.IsSuccess)
        {
            throw new InvalidOperationException(report.Error.ToString());
        }

        await Console.Out.WriteLineAsync($"{report.Partition}\t{report.Offset}\t{report.Timestamp}\t{key}");
    }
}));

ValueTask<DeliveryReport> ProduceAsync(string key) => cluster.ProduceAsync(new RecordToProduce
{
    Topic = "t",
    HasKey = true,
    Key = Encoding.UTF8.GetBytes(key),
    HasValue = true,
    Value = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(key, 20))),
    Headers = new RecordHeader[] { new("key", Encoding.UTF8.GetBytes(key)) },
});
