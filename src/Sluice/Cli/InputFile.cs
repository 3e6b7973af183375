namespace Sluice.Cli;

/// <summary>Files that a command line names.</summary>
internal static class InputFile
{
    /// <param name="file">As it was given; a variable of a shell that is not set makes it empty.</param>
    /// <param name="what">Begins the message: <c>The key file</c>.</param>
    /// <exception cref="CommandFailure">It cannot be read.</exception>
    public static string Read(string file, string what)
    {
        try
        {
            return file.Length == 0 ? throw CommandFailure.Usage($"{what} has no name.", "Is a variable of the shell empty?") : File.ReadAllText(file);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw CommandFailure.Usage($"{what} {file} cannot be read: {unreadable.Message}");
        }
    }
}
