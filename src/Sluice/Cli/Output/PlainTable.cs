namespace Sluice.Cli.Output;

/// <summary>Columns for <c>grep</c> and <c>awk</c>: aligned with spaces, no borders, never wrapped or cut.</summary>
internal static class PlainTable
{
    public static void Write(TextWriter writer, IReadOnlyList<string[]> rows)
    {
        if (rows.Count == 0)
        {
            return;
        }

        var widths = Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        foreach (var row in rows)
        {
            writer.WriteLine(string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
        }
    }
}
