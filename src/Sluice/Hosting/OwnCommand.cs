namespace Sluice.Hosting;

/// <summary>How this very program is called from a shell, for commands that are printed to be pasted.</summary>
internal static class OwnCommand
{
    private const string Name = "sluice";

    /// <summary><c>sluice</c> when the search path leads here; otherwise a path, or what <c>dotnet</c> needs.</summary>
    public static string ForShell { get; } = Find();

    private static string Find()
    {
        var process = Environment.ProcessPath ?? Name;
        if (Path.GetFileNameWithoutExtension(process) != Name)
        {
            return $"{Path.GetFileNameWithoutExtension(process)} {Quote(Path.Combine(AppContext.BaseDirectory, $"{Name}.dll"))}";
        }

        var found = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, Path.GetFileName(process)))
            .FirstOrDefault(File.Exists);
        return found is not null && Real(found) == Real(process) ? Name : Quote(process);
    }

    private static string Real(string path) => File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? Path.GetFullPath(path);

    private static string Quote(string path) => path.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '.' or '-' or '_' or '+')
        ? path
        : $"'{path.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
