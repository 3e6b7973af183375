using System.Text.RegularExpressions;

namespace Sluice.Identity.Tests.Attacks;

/// <summary><c>docs/identity/attacks.md</c> says which test tries which attack: that is so.</summary>
public sealed partial class AttackTableTests
{
    private const int Attacks = 103;

    [Fact]
    public void Every_attack_has_its_line_and_every_test_named_there_is_there()
    {
        if (Root() is not { } root)
        {
            Assert.Skip("The sources are not above the built tests: run the tests from a checkout.");
            return;
        }

        var sources = Directory.EnumerateFiles(Path.Combine(root, "test"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .ToLookup(Path.GetFileNameWithoutExtension, File.ReadAllText, StringComparer.Ordinal);
        var numbers = new List<int>();
        foreach (var match in File.ReadLines(Path.Combine(root, "docs", "identity", "attacks.md")).Select(line => Line.Match(line)).Where(match => match.Success))
        {
            var first = int.Parse(match.Groups["first"].Value);
            var last = match.Groups["last"] is { Success: true } group ? int.Parse(group.Value) : first;
            numbers.AddRange(Enumerable.Range(first, last - first + 1));
            var tests = Test.Matches(match.Groups["tests"].Value);
            Assert.True(tests.Count > 0, $"{first} names no test");
            Assert.All(tests, test => Assert.True(
                sources[test.Groups["class"].Value].Any(text => text.Contains($" {test.Groups["method"].Value}(", StringComparison.Ordinal)), test.Value));
        }

        Assert.Equal(Enumerable.Range(1, Attacks), numbers);
    }

    private static string? Root()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "Sluice.slnx")))
        {
            at = at.Parent;
        }

        return at?.FullName;
    }

    [GeneratedRegex(@"^\| (?<first>\d+)(–(?<last>\d+))? \|[^|]*\|(?<tests>.*)\|$")]
    private static partial Regex Line { get; }

    [GeneratedRegex(@"`(?<class>\w+)\.(?<method>\w+)`")]
    private static partial Regex Test { get; }
}
