using System.Net;
using System.Net.Sockets;

namespace Sluice.Testing.Kafka;

/// <summary>The launcher wants a row of ports: five for each node, ten apart.</summary>
internal static class FreePorts
{
    // Below the range that the system hands out by itself.
    private const int First = 15_000;
    private const int Last = 32_000;

    public static int Find(int brokers)
    {
        for (var attempt = 0; attempt < 200; attempt++)
        {
            var port = Random.Shared.Next(First, Last - (10 * brokers));
            if (Enumerable.Range(port, 10 * brokers).All(IsFree))
            {
                return port;
            }
        }

        throw new InvalidOperationException("No row of free ports.");
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
