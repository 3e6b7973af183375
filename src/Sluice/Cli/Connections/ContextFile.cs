using System.Text.Json;
using Sluice.Hosting;

namespace Sluice.Cli.Connections;

/// <summary>
/// The file of contexts: <c>$XDG_CONFIG_HOME/sluice/contexts.json</c>, by default in <c>~/.config</c> (or what the platform has in its place).
/// It holds secrets: mode 600 in a directory of mode 700, replaced whole.
/// </summary>
internal sealed class ContextFile(CommandIo io)
{
    public string Path { get; } = System.IO.Path.Combine(Directory(io), "contexts.json");

    /// <exception cref="CommandFailure">The file is there and cannot be read.</exception>
    public SavedContexts Read()
    {
        if (!File.Exists(Path))
        {
            return new SavedContexts();
        }

        try
        {
            return JsonSerializer.Deserialize(PrivateFile.Read(Path), SavedContextJson.Default.SavedContexts) ?? new SavedContexts();
        }
        catch (Exception unreadable) when (unreadable is JsonException or IOException or UnauthorizedAccessException)
        {
            throw CommandFailure.Usage($"{Path} cannot be read: {unreadable.Message}", "Delete it and run `sluice login` again.");
        }
    }

    /// <exception cref="CommandFailure">It cannot be written.</exception>
    public void Write(SavedContexts contexts)
    {
        try
        {
            var directory = System.IO.Path.GetDirectoryName(Path)!;
            if (OperatingSystem.IsWindows())
            {
                System.IO.Directory.CreateDirectory(directory);
            }
            else
            {
                System.IO.Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }

            PrivateFile.Write(Path, JsonSerializer.Serialize(contexts, SavedContextJson.Default.SavedContexts), replace: true);
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException)
        {
            throw CommandFailure.Usage($"{Path} cannot be written: {unwritable.Message}", "XDG_CONFIG_HOME chooses another directory.");
        }
    }

    // The XDG specification wants relative paths to be ignored.
    private static string Directory(CommandIo io) => System.IO.Path.Combine(
        io.Variable("XDG_CONFIG_HOME") is { } xdg && System.IO.Path.IsPathRooted(xdg)
            ? xdg
            : Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify),
        "sluice");
}
