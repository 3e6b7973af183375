namespace Sluice.Load;

internal static class Report
{
    public static void Line(string name, string text) => Console.WriteLine($"{name,-28} {text}");

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}
