using System.Diagnostics;

namespace Sluice.Cel.Tests.Library;

/// <summary>RE2's syntax, case by case: https://github.com/google/re2/wiki/Syntax.</summary>
public sealed class MatchesTests
{
    private static readonly CelEnvironment Environment = CelEnvironment.Standard.WithVariable("c", CelType.Map(CelType.String, CelType.String));

    [Theory]
    [InlineData("abc", "b")]
    [InlineData("abc", "")]
    [InlineData("a\nb", "(?s)a.b")]
    [InlineData("a\nb", "a[^x]b")]
    [InlineData("a\nb", "(?m)^b$")]
    [InlineData("a\nb", "(?m:^b)")]
    [InlineData("ABC", "(?i)abc")]
    [InlineData("aBc", "a(?i:b)c")]
    [InlineData("ABC", "(?i)a(?-i:B)c")]
    [InlineData("aaa", "^(?U)a{2,3}?$")]
    [InlineData("aaa", @"\Aa{3}\z")]
    [InlineData("a{,5}", "^a{,5}$")]
    [InlineData("a{b}", "^a{b}$")]
    [InlineData("x-1", "^[[:alpha:]-]+[[:^alpha:]]$")]
    [InlineData("x_9", "^[[:word:]]+$")]
    [InlineData("]", "^[]a]$")]
    [InlineData("b", "^[^]a]$")]
    [InlineData("-", "^[a-]$")]
    [InlineData("[x", "^[[x]+$")]
    [InlineData("7", @"^\pN$")]
    [InlineData("٣", @"^\p{Nd}$")]
    [InlineData("ю", @"^\p{Cyrillic}$")]
    [InlineData("漢字", @"^\p{Han}+$")]
    [InlineData("a", @"^\P{Greek}$")]
    [InlineData("a", @"^\p{^Greek}$")]
    [InlineData("😀", "^.$")]
    [InlineData("😀", "^[^a]$")]
    [InlineData("😀", "^[😀-😄]$")]
    [InlineData("😀😀", "^😀{2}$")]
    [InlineData("😀", @"^\x{1F600}$")]
    [InlineData("A", @"^\x41$")]
    [InlineData("S", @"^\123$")]
    [InlineData("\0", @"^\0$")]
    [InlineData("a.b*", @"^\Qa.b*\E$")]
    [InlineData("a..", @"^\Qa.\E+$")]
    [InlineData("a+b", @"\Q+")]
    [InlineData("one two", @"\btwo\b")]
    [InlineData("étwo", @"\btwo")]
    [InlineData("étéx", @"é\Bt|é\bx")]
    [InlineData("\u212A", "(?i)^k$")]
    [InlineData("\u017F", "(?i)^s$")]
    [InlineData("Σς", "(?i)^σσ$")]
    [InlineData("ab", "^(?P<first>a)(?<second>b)$")]
    [InlineData("ac", "^a(|b)c$")]
    [InlineData("a/b", @"^a\/b$")]
    [InlineData("\t", @"^[\t]$")]
    [InlineData("b", @"^[\D]$")]
    [InlineData("a", "^(?:a*)*$")]
    [InlineData("abb", "^(a|ab)(c|bcd)?b?$")]
    public void A_pattern_matches(string text, string pattern) => Assert.Equal(CelValue.True.ToString(), Match(text, pattern).ToString());

    [Theory]
    [InlineData("a\nb", "a.b")]
    [InlineData("a\n", "a$")]
    [InlineData("a\nb", "^b")]
    [InlineData("ABC", "abc")]
    [InlineData("٣", @"\d")]
    [InlineData("é", @"\w")]
    [InlineData("\u00a0", @"\s")]
    [InlineData("\v", @"\s")]
    [InlineData("aaaa", "^a{2,3}$")]
    [InlineData("😀", "^..$")]
    [InlineData("b", @"^\P{L}$")]
    [InlineData("ab", @"a\bb")]
    [InlineData("İ", "(?i)^i$")]
    public void A_pattern_does_not_match(string text, string pattern) => Assert.Equal(CelValue.False.ToString(), Match(text, pattern).ToString());

    [Theory]
    [InlineData("a(?=b)")]
    [InlineData("a(?!b)")]
    [InlineData("(?<=a)b")]
    [InlineData("(?<!a)b")]
    [InlineData("(?>a)")]
    [InlineData("(?#comment)")]
    [InlineData("(a)\\1")]
    [InlineData("(?P<n>a)(?P=n)")]
    [InlineData("(?P<n>a)(?P<n>b)")]
    [InlineData("(?P<>a)")]
    [InlineData("a++")]
    [InlineData("a**")]
    [InlineData("a{2}{3}")]
    [InlineData("a*??")]
    [InlineData("*a")]
    [InlineData("a|*")]
    [InlineData("(?i)+")]
    [InlineData("a{1001}")]
    [InlineData("(a{100}){100}")]
    [InlineData("a{3,2}")]
    [InlineData("(a")]
    [InlineData("a)")]
    [InlineData("[a")]
    [InlineData("[z-a]")]
    [InlineData("[a-\\d]")]
    [InlineData("[[:nothing:]]")]
    [InlineData("\\C")]
    [InlineData("\\Z")]
    [InlineData("\\G")]
    [InlineData("\\8")]
    [InlineData("\\é")]
    [InlineData("\\p{Nothing}")]
    [InlineData("\\p")]
    [InlineData("\\x4")]
    [InlineData("\\x{110000}")]
    [InlineData("(?i-)a")]
    [InlineData("(?x)a")]
    [InlineData("a\\")]
    public void What_RE2_refuses_is_an_error(string pattern) =>
        Assert.StartsWith("invalid pattern: ", Match("a", pattern).Error?.Message, StringComparison.Ordinal);

    [Fact]
    public void A_constant_pattern_that_is_refused_is_an_error_of_evaluation_with_its_place()
    {
        var error = CelEnvironment.Standard.Run("'a'.matches('(')").Error!;
        Assert.Equal((12, 3), (error.Offset, error.Length));
        Assert.True(CelEnvironment.Standard.Run("'a'.matches('(') || true").IsTrue);
    }

    [Fact]
    public void A_pattern_that_would_backtrack_for_ever_takes_time_linear_in_the_text()
    {
        var text = new string('a', 20_000) + "!";
        var clock = Stopwatch.StartNew();
        foreach (var pattern in new[] { "^(a+)+$", "^(a|aa)+$", "^(a|a?)+$", "(.*a){12}$" })
        {
            Assert.Equal(CelKind.Bool, Match(text, pattern).Kind);
        }

        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(10), $"{clock.Elapsed}");
    }

    [Fact]
    public void Patterns_from_data_work_like_constant_ones()
    {
        var program = Environment.Program("c.text.matches(c.pattern)");
        Assert.True(program.IsTrue(Cel.Json("""{"text":"abc","pattern":"^a.c$"}""")));
        Assert.False(program.IsTrue(Cel.Json("""{"text":"abc","pattern":"^b"}""")));
        Assert.True(program.Evaluate(Cel.Json("""{"text":"abc","pattern":"("}""")).IsError);
    }

    [Fact]
    public void The_limit_of_pattern_length_holds_for_constant_patterns_and_for_data()
    {
        var tight = Environment.WithLimits(new CelLimits { MaxPatternLength = 4 });
        Assert.True(tight.Run("'abc'.matches('abc')").IsTrue);
        Assert.Contains("at most 4", tight.Run("'abc'.matches('abcde')").Error!.Message, StringComparison.Ordinal);
        Assert.Contains("at most 4", tight.Run("'abc'.matches('abc' + 'de')").Error!.Message, StringComparison.Ordinal);
        Assert.Contains("at most 4", tight.Run("matches('abc', 'abc' + 'de')").Error!.Message, StringComparison.Ordinal);
    }

    private static CelValue Match(string text, string pattern) => Environment
        .Program("c.text.matches(c.pattern)")
        .Evaluate(CelActivation.Of("c", CelValue.Map(new Dictionary<string, CelValue> { ["text"] = CelValue.Of(text), ["pattern"] = CelValue.Of(pattern) })));
}
