using System.Text.Json;
using Sluice.Cel.Conformance;

namespace Sluice.Cel.Tests.Conformance;

/// <summary>The cases of this repository, written from the language definition, and the public suite where it is at hand.</summary>
public sealed class ConformanceTests
{
    [Fact]
    public void Every_case_of_this_repository_passes()
    {
        using var stream = typeof(ConformanceTests).Assembly.GetManifestResourceStream("cases.json")!;
        using var document = JsonDocument.Parse(stream);
        Assert.True(document.RootElement.GetArrayLength() >= 900, "cases have gone missing");
        Check(document);
    }

    [Fact]
    public void Every_case_of_the_public_suite_passes_but_the_known_gaps()
    {
        var path = Environment.GetEnvironmentVariable("SLUICE_TEST_CEL");
        Assert.SkipWhen(path is null, "set SLUICE_TEST_CEL to a cases.json of the public CEL suite");
        using var document = JsonDocument.Parse(File.ReadAllBytes(path!));
        Assert.True(document.RootElement.GetArrayLength() > 0, "the file has no cases");
        Check(document);
    }

    [Fact]
    public void The_list_of_known_gaps_gives_reasons_and_does_not_grow()
    {
        var gaps = KnownGaps.Read();
        Assert.True(gaps.Count <= KnownGaps.Most, "the list of known gaps may only shrink");
        Assert.DoesNotContain("", gaps.Values);
    }

    [Theory]
    [InlineData("""{"id":"a/b/c","file":"a","expr":"1 + 1","expected":{"value":{"type":"int","value":"3"}}}""")]
    [InlineData("""{"id":"a/b/c","file":"a","expr":"1 + 1","expected":{"value":{"type":"double","value":"2"}}}""")]
    [InlineData("""{"id":"a/b/c","file":"a","expr":"1 + 1","expected":{"errors":[{"message":"x"}]}}""")]
    [InlineData("""{"id":"a/b/c","file":"a","expr":"1 +","expected":{"value":{"type":"int","value":"1"}}}""")]
    [InlineData("""{"id":"a/b/c","file":"a","expr":"[1]","check_only":true,"expected":{"type":"list(uint)"}}""")]
    [InlineData("""{"id":"a/b/c","file":"a","expr":"x","expected":{"value":{"type":"int","value":"1"}}}""")]
    public void The_runner_can_fail(string item)
    {
        using var document = JsonDocument.Parse(item);
        Assert.NotNull(CaseRunner.Run(document.RootElement));
    }

    private static void Check(JsonDocument document)
    {
        var gaps = KnownGaps.Read();
        var wrong = new List<string>();
        foreach (var item in document.RootElement.EnumerateArray())
        {
            var id = item.GetProperty("id").GetString()!;
            var failure = CaseRunner.Run(item);
            if (failure is not null && !gaps.ContainsKey(id))
            {
                wrong.Add($"{id}: {item.GetProperty("expr").GetString()} {failure}");
            }
            else if (failure is null && gaps.ContainsKey(id))
            {
                wrong.Add($"{id} passes: take it off the list of known gaps");
            }
        }

        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }
}
