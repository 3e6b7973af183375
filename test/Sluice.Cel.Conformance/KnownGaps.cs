namespace Sluice.Cel.Conformance;

/// <summary>Cases that are known to fail, each with its reason.</summary>
internal static class KnownGaps
{
    /// <summary>How many there were when the list was last changed. Lower it, never raise it.</summary>
    public const int Most = 0;

    public static IReadOnlyDictionary<string, string> Read()
    {
        using var reader = new StreamReader(typeof(KnownGaps).Assembly.GetManifestResourceStream("known-gaps.txt")!);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => line[0] != '#')
            .Select(line => line.Split(' ', 2))
            .ToDictionary(parts => parts[0], parts => parts.Length > 1 ? parts[1].Trim() : "", StringComparer.Ordinal);
    }
}
