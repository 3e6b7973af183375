namespace Sluice.Cel.Tests.Tracing;

public sealed class TraceTests
{
    private static readonly System.Text.Json.JsonElement Claims = Cel.Json(
        """{"sub":"system:a","aud":"x","scp":["r","w"],"groups":["dev","ops"],"level":3}""");

    [Fact]
    public void A_trace_shows_why_a_filter_was_false()
    {
        var trace = Cel.Filters.Program("""claims.aud == "x" && ("admin" in claims.scp || has(claims.azp))""").Trace(Claims);
        Assert.Equal(
            """
            claims.aud == "x" && ("admin" in claims.scp || has(claims.azp)) → false
              claims.aud == "x" → true
                claims.aud → "x"
                  claims → {"sub": "system:a", "aud": "x", "scp": ["r", "w"], "groups": ["dev", "ops"], "level": 3}
              "admin" in claims.scp || has(claims.azp) → false
                "admin" in claims.scp → false
                  claims.scp → ["r", "w"]
                    claims → {"sub": "system:a", "aud": "x", "scp": ["r", "w"], "groups": ["dev", "ops"], "level": 3}
                has(claims.azp) → false
                  claims → {"sub": "system:a", "aud": "x", "scp": ["r", "w"], "groups": ["dev", "ops"], "level": 3}

            """,
            trace.Render(),
            ignoreLineEndingDifferences: true);
    }

    [Fact]
    public void What_was_not_reached_and_what_failed_is_shown_as_such()
    {
        var root = Cel.Filters.Program("claims.azp == 'b' && claims.level > 2 && claims.level > 5 && claims.sub == 'z'").Trace(Claims).Root;
        Assert.Equal([true, true, true, false], root.Children.Select(step => step.IsEvaluated));
        Assert.Equal("no such key: 'azp'", root.Children[0].Value.Error!.Message);
        Assert.True(root.Children[1].Value.IsTrue);
        Assert.Equal("claims.sub == 'z'", root.Children[3].Text);
        Assert.Equal((1, 62), (root.Children[3].Line, root.Children[3].Column));
    }

    [Fact]
    public void The_body_of_a_macro_appears_once_for_every_turn()
    {
        var root = Cel.Filters.Program("claims.groups.exists(g, g == 'ops')").Trace(Claims).Root;
        Assert.Equal(
            ["claims.groups → [\"dev\", \"ops\"]", "g == 'ops' → false", "g == 'ops' → true"],
            root.Children.Select(step => step.ToString()));
        Assert.Equal("g → \"dev\"", root.Children[1].Children[0].ToString());
    }

    [Theory]
    [InlineData("true")]
    [InlineData("claims.level + 1 == 4")]
    [InlineData("claims.level > 2 ? claims.sub.startsWith('system') : claims.nothing")]
    [InlineData("claims.scp.all(s, s.size() == 1) && claims.sub.matches('^s')")]
    [InlineData("claims.nothing || claims.aud in ['x', 'y']")]
    [InlineData("claims.scp.map(s, s + '!')[1] == 'w!'")]
    [InlineData("[1, 2, 3].filter(x, x > claims.level) == []")]
    public void A_trace_gives_the_same_result_at_the_same_cost(string filter)
    {
        var program = Cel.Filters.Program(filter);
        var trace = program.Trace(Claims);
        Assert.Equal(program.Evaluate(Claims).ToString(), trace.Result.ToString());
        Assert.Equal(trace.Result.ToString(), trace.Root.Value.ToString());
        Assert.Equal(trace.Cost, program.Trace(CelActivation.Of("claims", Claims)).Cost);
        Assert.True(trace.IsComplete);
    }

    [Fact]
    public void A_trace_keeps_so_many_steps_and_says_that_it_left_some_out()
    {
        var list = string.Join(',', Enumerable.Range(0, 2000));
        var trace = CelEnvironment.Standard.Program($"[{list}].all(x, x >= 0)").Trace(CelActivation.Empty);
        Assert.False(trace.IsComplete);
        Assert.True(trace.Result.IsTrue);
        Assert.InRange(trace.Root.Children.Count, 100, 1000);
    }
}
