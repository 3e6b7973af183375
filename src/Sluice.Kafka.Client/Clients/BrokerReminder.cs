using Ck = Confluent.Kafka;

namespace Sluice.Kafka.Client.Clients;

/// <summary>
/// Names the bootstrap brokers to a librdkafka client again. It forgets every broker that a metadata answer does not name, and a broker that is
/// shutting down names none: then it has nobody left to ask, for minutes or for ever, though the cluster is long back (librdkafka issue 5301).
/// </summary>
/// <param name="bootstrap">As in <c>bootstrap.servers</c>.</param>
/// <param name="time">Clock.</param>
internal sealed class BrokerReminder(string bootstrap, TimeProvider time)
{
    // A client that has not forgotten gets a needless connection, which it drops at its next metadata.
    private static readonly TimeSpan AtMostEvery = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private long _last = long.MinValue;

    /// <summary>Call when a broker answers others, and this client gets nothing done.</summary>
    public void Remind(params IEnumerable<Ck.IClient> clients)
    {
        lock (_gate)
        {
            if (_last != long.MinValue && time.GetElapsedTime(_last) < AtMostEvery)
            {
                return;
            }

            _last = time.GetTimestamp();
        }

        foreach (var client in clients)
        {
            try
            {
                client.AddBrokers(bootstrap);
            }
            catch (Exception e) when (e is ObjectDisposedException or Ck.KafkaException)
            {
                // closed meanwhile
            }
        }
    }
}
