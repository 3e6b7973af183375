namespace Sluice.Cel.Tests;

/// <summary>Every limit is a clear error; none is a crash.</summary>
public sealed class LimitTests
{
    public static TheoryData<string> DeepOpenings =>
        ["(", "[", "!", "-", "{1:", "a?b:", "f(", "a.f(", "[1].all(x, ", "a[", "a||(", "1+(", "has(", "{?", "[?"];

    public static TheoryData<string> DeepEndings => [".a", "[0]", "+1", ".f()", "*a", "==1", ".?a", " in a"];

    [Fact]
    public void A_text_may_be_so_many_code_points_long()
    {
        var tight = CelEnvironment.Standard.WithLimits(new CelLimits { MaxLength = 10 });
        Assert.True(tight.Compile("'😀😀😀😀😀😀😀😀'").IsSuccess);
        var issue = Assert.Single(tight.Compile("'😀😀😀😀😀😀😀😀😀'").Issues);
        Assert.Equal("the expression has 11 characters; at most 10 are allowed", issue.Message);
    }

    [Theory]
    [MemberData(nameof(DeepOpenings))]
    public void Nesting_of_100000_levels_is_refused_without_exhausting_the_stack(string opening)
    {
        var roomy = Cel.Full.WithLimits(new CelLimits { MaxLength = int.MaxValue, MaxNodes = int.MaxValue, MaxDepth = int.MaxValue });
        var compiled = roomy.Compile(string.Concat(Enumerable.Repeat(opening, 100_000)));
        Assert.Contains("nested more than 250 levels", Assert.Single(compiled.Issues).Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(DeepEndings))]
    public void A_chain_of_100000_links_is_refused_without_exhausting_the_stack(string ending)
    {
        var roomy = Cel.Full.WithLimits(new CelLimits { MaxLength = int.MaxValue, MaxNodes = int.MaxValue, MaxDepth = int.MaxValue });
        var compiled = roomy.Compile("a" + string.Concat(Enumerable.Repeat(ending, 100_000)));
        Assert.Contains("nested more than 250 levels", Assert.Single(compiled.Issues).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tree_at_the_deepest_level_runs_on_a_small_stack()
    {
        var deepest = Cel.Full.WithLimits(new CelLimits { MaxDepth = int.MaxValue });
        var source = string.Concat(Enumerable.Repeat("[1].map(x, [", 60)) + "1" + string.Concat(Enumerable.Repeat("])", 60));
        CelValue result = default;
        var thread = new Thread(
            () =>
            {
                var program = deepest.Program(source);
                result = program.Evaluate(CelActivation.Empty);
                Assert.Equal(program.ToSource(), deepest.Program(program.ToSource()).ToSource());
            },
            512 * 1024);
        thread.Start();
        thread.Join();
        Assert.Equal(CelKind.List, result.Kind);
    }

    [Fact]
    public void A_filter_may_be_32_levels_deep_and_have_256_parts()
    {
        Assert.True(Cel.Filters.Compile($"{new string('!', 31)}true").IsSuccess);
        Assert.Contains("32 levels", Cel.Filters.Compile($"{new string('!', 32)}true").Issues[0].Message, StringComparison.Ordinal);
        var wide = CelEnvironment.Standard.WithLimits(CelLimits.Filter with { MaxLength = 1000 });
        Assert.True(wide.Compile($"[{string.Join(',', Enumerable.Repeat("1", 255))}]").IsSuccess);
        Assert.Contains("256 parts", wide.Compile($"[{string.Join(',', Enumerable.Repeat("1", 256))}]").Issues[0].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[1, 2, 3, 4].all(a, [1, 2, 3, 4].all(b, [1, 2, 3, 4].all(c, true)))", "budget of steps")]
    [InlineData("[1, 2, 3, 4].map(a, [1, 2, 3, 4].map(b, [1, 2, 3, 4].map(c, c))) == [] || true", "budget of steps")]
    [InlineData("[1, 2, 3, 4, 5, 6].all(x, true)", "size that is allowed")]
    [InlineData("[1, 2, 3, 4] + [1, 2]", "size that is allowed")]
    [InlineData("'a,b,c,d,e,f'.split(',').size() == 6 || true", "size that is allowed")]
    [InlineData("'0123456789' + '0123456789' + '0'", "length that is allowed")]
    [InlineData("b'0123456789' + b'0123456789' + b'0'", "length that is allowed")]
    [InlineData("'0123456789'.replace('', 'xx') == '' || true", "length that is allowed")]
    [InlineData("'%s%s%s'.format(['0123456789', '0123456789', 'x']) == '' || true", "length that is allowed")]
    [InlineData("['0123456789', '0123456789', 'x'].join()", "length that is allowed")]
    [InlineData("string(bytes('0123456789') + b'0123456789' + b'x') == '' || true", "length that is allowed")]
    public void An_exceeded_limit_is_an_error_that_no_operator_absorbs(string source, string message)
    {
        var tight = Cel.Full.WithLimits(new CelLimits { MaxSteps = 100, MaxComprehensionSize = 5, MaxStringLength = 20 });
        var error = tight.Run(source).Error;
        Assert.True(error?.IsLimit, error?.Message ?? "no error");
        Assert.Contains(message, error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_filter_that_exceeds_a_limit_is_not_true()
    {
        var claims = Cel.Json($$"""{"list":[{{string.Join(',', Enumerable.Range(0, 10_001))}}]}""");
        var program = Cel.Filters.Program("claims.list.exists(x, x == -1) || true");
        Assert.False(program.IsTrue(claims));
        Assert.True(program.Evaluate(claims).Error!.IsLimit);
        Assert.False(Cel.Filters.Program("!('x' in claims.list)").IsTrue(claims));
    }

    [Fact]
    public void Doubling_text_ends_at_the_limit_in_little_memory()
    {
        var source = string.Concat(Enumerable.Range(0, 40).Select(i => $"cel.bind(a{i + 1}, a{i} + a{i}, ")) + "a40" + new string(')', 40);
        var result = Cel.Full.Run($"cel.bind(a0, 'xxxxxxxx', {source})");
        Assert.True(result.Error!.IsLimit);
    }

    [Theory]
    [InlineData("claims.a == 1", 4)]
    [InlineData("claims.list.all(x, x > 0)", 3 + 3 + (3 * 3))]
    [InlineData("3 in claims.list", 4 + 3)]
    public void The_cost_is_the_size_of_the_program_and_what_the_data_add(string source, int cost)
    {
        var claims = Cel.Json("""{"a":1,"list":[1,2,3]}""");
        var program = Cel.Filters.Program(source);
        var first = program.Trace(claims).Cost;
        Assert.Equal(first, program.Trace(claims).Cost);
        Assert.Equal(cost, first);
    }
}
