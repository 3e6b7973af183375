using System.Text.Json;

namespace Sluice.Cel.Tests;

public sealed class FilterTests
{
    private static readonly CelEnvironment Environment = CelEnvironment.Standard
        .WithVariable("claims", CelType.Map(CelType.String, CelType.Dyn))
        .WithLimits(CelLimits.Filter);

    private static readonly JsonElement Claims = JsonDocument.Parse(
        """{"iss":"https://idp","sub":"system:a","aud":"x","scp":["r","y"],"groups":["dev","analytics"],"level":3,"nested":{"a":[1,2]}}""").RootElement;

    [Theory]
    [InlineData("""claims.aud == "x" && "y" in claims.scp""", true)]
    [InlineData("""claims.iss == "https://idp" && claims.sub.startsWith("system:")""", true)]
    [InlineData("""claims.groups.exists(g, g == "analytics")""", true)]
    [InlineData("claims.groups.all(g, g.size() > 5)", false)]
    [InlineData("claims.level >= 3 && claims.nested.a[1] == 2.0", true)]
    [InlineData("claims.missing == 1 || true", true)]
    [InlineData("claims.missing == 1 && false", false)]
    [InlineData("claims.missing == 1", false)]
    [InlineData("!(claims.missing == 1)", false)]
    [InlineData("has(claims.sub) && !has(claims.azp)", true)]
    [InlineData("""claims.aud in ["a", "x"]""", true)]
    [InlineData("""claims.scp == "y" """, false)]
    [InlineData("""claims.sub.matches("^system:[a-z]+$")""", true)]
    [InlineData("claims.level", false)]
    [InlineData("claims.level + 9223372036854775807 > 0", false)]
    public void A_filter_is_true_only_for_a_boolean_true(string filter, bool expected)
    {
        var compiled = Environment.Compile(filter);
        Assert.True(compiled.IsSuccess, compiled.ToString());
        Assert.Equal(expected, compiled.Program.IsTrue(Claims));
        Assert.Equal(expected, compiled.Program.Evaluate(CelActivation.Of("claims", Claims)).IsTrue);
    }

    [Theory]
    [InlineData("""claims.aud == "x" && "y" in claims.scp""")]
    [InlineData("""claims.iss == "https://idp" && claims.sub.startsWith("system:")""")]
    [InlineData("""claims.groups.exists(g, g == "analytics")""")]
    public void A_typical_filter_allocates_nothing(string filter)
    {
        var program = Environment.Compile(filter).Program!;
        program.IsTrue(Claims);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            program.IsTrue(Claims);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [InlineData("groups == 1", 1, "claims.groups")]
    [InlineData("claims.sub.startswith('a')", 12, "startsWith")]
    [InlineData("claims.aud = 'x'", 12, "==")]
    [InlineData("claims.aud ==", 14, "")]
    [InlineData("1 + 'a' == 2", 1, "")]
    [InlineData("", 1, "")]
    public void A_fault_names_its_column_and_a_way_out(string filter, int column, string hint)
    {
        var issue = Assert.Single(Environment.Compile(filter).Issues);
        Assert.Equal(column, issue.Column);
        Assert.Contains(hint, issue.Hint ?? "", StringComparison.Ordinal);
        Assert.Contains("^", issue.Render(), StringComparison.Ordinal);
    }

    [Fact]
    public void Nesting_beyond_the_limit_is_refused_without_exhausting_the_stack()
    {
        foreach (var open in new[] { "(", "[", "!", "-", "{1:", "a?b:", "f(" })
        {
            Assert.False(CelEnvironment.Standard.Compile(string.Concat(Enumerable.Repeat(open, 20_000))).IsSuccess);
        }
    }

    [Fact]
    public void Printing_a_program_and_compiling_the_text_gives_the_same_text()
    {
        const string Source = """!(claims.a == -1 && (claims.b || claims.c)) ? [1, 2u].map(x, x > 1, -(x)) == [] : {"k": b"\xff"}.k == b"" """;
        var printed = CelEnvironment.Standard.WithoutTypeCheck().Compile(Source).Program!.ToSource();
        Assert.Equal(printed, CelEnvironment.Standard.WithoutTypeCheck().Compile(printed).Program!.ToSource());
    }
}
