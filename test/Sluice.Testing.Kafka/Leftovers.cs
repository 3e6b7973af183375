using System.Diagnostics;
using System.Globalization;

namespace Sluice.Testing.Kafka;

/// <summary>Brokers outlive a test process that is killed. The next run finds their directories by the dead process's number and stops them.</summary>
internal static class Leftovers
{
    private const string Prefix = "sluice-test-kafka-";

    private static int _count;

    public static string NewDirectory() => Path.Combine(
        Path.GetTempPath(), string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Environment.ProcessId}-{Interlocked.Increment(ref _count)}"));

    public static async Task StopAsync(string launcher)
    {
        foreach (var directory in Directory.GetDirectories(Path.GetTempPath(), Prefix + "*"))
        {
            var owner = Path.GetFileName(directory)[Prefix.Length..].Split('-')[0];
            if (int.TryParse(owner, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && !IsAlive(id))
            {
                await RemoveAsync(launcher, directory);
            }
        }
    }

    public static async Task RemoveAsync(string launcher, string directory)
    {
        try
        {
            await Shell.RunAsync(launcher, ["resume", directory]);
            await Shell.RunAsync(launcher, ["kill", directory]);
        }
        catch (InvalidOperationException)
        {
            // Another test process is removing it too.
        }

        try
        {
            Directory.Delete(directory, recursive: true);
        }
        catch (IOException)
        {
            // As above.
        }
    }

    private static bool IsAlive(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
