namespace Sluice.Cel.Tests.Linting;

public sealed class LintTests
{
    [Theory]
    [InlineData("true", "always-true")]
    [InlineData("1 == 1", "always-true")]
    [InlineData("has(claims.sub) || !has(claims.sub)", "always-true")]
    [InlineData("""claims.sub == "a" || true""", "always-true")]
    [InlineData("""!(claims.sub == "a" && false)""", "always-true")]
    [InlineData("false", "always-false")]
    [InlineData("1 / 0 == 1", "always-false")]
    [InlineData("""claims.iss == "a" && claims.iss == "b" """, "always-false")]
    [InlineData("""claims.iss == "a" && claims["iss"] == "b" """, "always-false")]
    [InlineData("""claims.iss in ["a", "b"] && claims.iss == "c" """, "always-false")]
    [InlineData("""claims.sub.startsWith("a") && claims.sub.startsWith("b")""", "always-false")]
    [InlineData("""claims.sub.endsWith("a") && claims.sub == "b" """, "always-false")]
    [InlineData("""!has(claims.sub) && claims.sub == "b" """, "always-false")]
    [InlineData("claims.level > 5 && claims.level < 3", "always-false")]
    [InlineData("claims.level > 5 && claims.level == 5", "always-false")]
    [InlineData("""claims.sub == "x" && !(claims.sub == "x")""", "always-false")]
    [InlineData("""claims.sub == "x" && claims.sub != "x" """, "always-false")]
    [InlineData("""claims.a == "x" && (claims.b == 1 || true)""", "always-true")]
    [InlineData("""claims.a == "x" || [1].exists(x, x == 2)""", "always-false")]
    [InlineData("""claims.aud == "x" """, "array-or-string")]
    [InlineData("""claims.aud != "x" """, "array-or-string")]
    [InlineData("""claims["aud"] == "x" """, "array-or-string")]
    [InlineData("""claims.aud in ["x", "y"]""", "array-or-string")]
    [InlineData("""claims.groups == "x" """, "array-or-string")]
    [InlineData("""claims.exp == "1700000000" """, "never-equal")]
    [InlineData("claims.sub == 5", "never-equal")]
    [InlineData("""claims.nested.x == b"x" """, "never-equal")]
    [InlineData("""claims.exp == timestamp("2026-01-01T00:00:00Z")""", "never-equal")]
    [InlineData("""dyn(1) == "1" """, "never-equal")]
    [InlineData("claims.sub in [1, 2]", "never-equal")]
    [InlineData("""claims.exp > timestamp("2026-01-01T00:00:00Z")""", "never-ordered")]
    [InlineData("""claims.exp > "5" """, "never-ordered")]
    [InlineData("""  "x" in claims.sub""", "in-string")]
    [InlineData("""claims.sub.matches("(?=x)")""", "invalid-pattern")]
    [InlineData("""claims.sub.matches("(x")""", "invalid-pattern")]
    [InlineData("claims.level + 1", "not-boolean")]
    [InlineData("claims.sub", "not-boolean")]
    [InlineData("size(claims)", "not-boolean")]
    public void A_likely_mistake_is_found(string filter, string rule)
    {
        Assert.Contains(rule, CelLint.Check(Cel.Filters.Program(filter)).Select(issue => issue.Rule));
    }

    [Theory]
    [InlineData("""claims.iss == "https://idp" && "write" in claims.scp""")]
    [InlineData("""claims.aud == "x" || "x" in claims.aud""")]
    [InlineData("""claims.sub.startsWith("a") && claims.sub.startsWith("ab")""")]
    [InlineData("""claims.sub.startsWith("a") && claims.sub.endsWith("b") && claims.sub.contains("c")""")]
    [InlineData("""claims.iss == "a" || claims.iss == "b" """)]
    [InlineData("""claims.sub == "a" || claims.sub != "a" """)]
    [InlineData("claims.level > 3 && claims.level < 5")]
    [InlineData("claims.level >= 5 && claims.level <= 5")]
    [InlineData("has(claims.a.b) || !has(claims.a.b)")]
    [InlineData("""has(claims.sub) ? claims.sub == "a" : claims.azp == "b" """)]
    [InlineData("claims.groups.exists(g, g == 'x')")]
    [InlineData("timestamp(claims.exp) > timestamp('2026-01-01T00:00:00Z')")]
    [InlineData("claims.email_verified == true")]
    [InlineData("claims.level")]
    [InlineData("claims.sub.size() > 3")]
    [InlineData("""claims.sub.matches("^a") && claims.sub.matches("b$")""")]
    [InlineData("claims.a == null || claims.a == 1")]
    public void A_sound_filter_is_left_alone(string filter) => Assert.Empty(CelLint.Check(Cel.Filters.Program(filter)));

    [Theory]
    [InlineData("""claims.sub == "1101" """)]
    [InlineData("""  "1101" == claims.sub""")]
    [InlineData("""claims["aud"] == "app" """)]
    [InlineData("""claims.sub in ["a", "b"]""")]
    [InlineData("""  "app" in claims.aud""")]
    [InlineData("""claims.sub.startsWith("repo:acme/")""")]
    [InlineData("""claims.sub.endsWith("@acme.example") && claims.level == 1""")]
    [InlineData("""claims.sub.matches("^repo:acme/.*$")""")]
    [InlineData("""claims.aud.exists(a, a == "app")""")]
    [InlineData("""(claims.sub == "a" || claims.aud == "b") && has(claims.x)""")]
    [InlineData("""!(claims.sub != "a")""")]
    [InlineData("""!(claims.sub != "a" || claims.x == 1)""")]
    [InlineData("""claims.x == 1 ? claims.sub == "a" : claims.aud == "b" """)]
    [InlineData("""claims.sub == "a" ? true : false""")]
    [InlineData("false")]
    [InlineData("""claims.aud == ["app"]""")]
    [InlineData("""claims.groups.exists(g, g == "a" && claims.sub == "b")""")]
    [InlineData("""["a", "b"].exists(x, claims.kind == x && claims.aud == "app")""")]
    [InlineData("""claims.sub.matches("^repo:acme/[a-z]+:ref:refs/heads/main$")""")]
    public void Under_a_shared_issuer_a_condition_on_sub_or_aud_is_enough(string filter) =>
        Assert.DoesNotContain("shared-issuer", SharedRules(filter));

    [Theory]
    [InlineData("true")]
    [InlineData("has(claims.sub)")]
    [InlineData("""claims.sub != "" """)]
    [InlineData("""claims.sub == "" """)]
    [InlineData("""claims.sub != "a" """)]
    [InlineData("""claims.sub.startsWith("")""")]
    [InlineData("""claims.sub.matches(".*")""")]
    [InlineData("""claims.sub.matches("^[0-9]+$")""")]
    [InlineData("""claims.sub in ["a", ""]""")]
    [InlineData("""claims.sub == "a" || claims.azp == "b" """)]
    [InlineData("""claims.sub == claims.azp""")]
    [InlineData("""claims.iss == "https://accounts.google.com" """)]
    [InlineData("""!(claims.sub == "a")""")]
    [InlineData("""!(claims.sub == "a" && claims.x == 1)""")]
    [InlineData("""claims.aud.all(a, a == "app")""")]
    [InlineData("""claims.aud.exists(a, a != "app")""")]
    [InlineData("""claims.x == 1 ? claims.sub == "a" : true""")]
    [InlineData("""claims.nested.sub == "a" """)]
    [InlineData("""claims.aud.exists(a, claims.x == 1)""")]
    [InlineData("""claims.sub.matches("^.{25,}$")""")]
    [InlineData("""claims.sub.matches(".{30}")""")]
    [InlineData("""claims.sub.matches("^.{33}$")""")]
    [InlineData("""claims.sub.matches("^[^ ]{23,}$")""")]
    [InlineData("""claims.sub.matches("[\\s\\S]{40}")""")]
    [InlineData("""claims.sub.matches("^[a-zA-Z0-9:/_.-]{24,255}$")""")]
    [InlineData("""claims.sub.matches("^[a-z]{36}$")""")]
    [InlineData("""claims.sub.matches("^[0-9a-f-]{36}$")""")]
    [InlineData("""claims.aud.exists(a, a.matches("^.{64}$"))""")]
    [InlineData("""claims.groups.exists(a, a == "app")""")]
    [InlineData("""claims.aud.exists(a, claims.groups.exists(a, a == "app"))""")]
    [InlineData("""["x"].exists(claims, claims == "x")""")]
    [InlineData("""[{"sub": "x"}].exists(claims, claims.sub == "x")""")]
    [InlineData("""claims.aud == [""]""")]
    [InlineData("""claims.aud == []""")]
    [InlineData("""claims.groups.all(g, claims.sub == "a")""")]
    public void Under_a_shared_issuer_a_filter_that_lets_strangers_in_is_found(string filter) =>
        Assert.Contains("shared-issuer", SharedRules(filter));

    [Theory]
    [InlineData("""claims.aud == "kafka" """, false)]
    [InlineData("""claims.sub == "a" && claims["aud"] == "kafka" """, false)]
    [InlineData("""claims.aud == "kafka" || "kafka" in claims.aud""", false)]
    [InlineData("""claims.aud in ["kafka", "connect"]""", false)]
    [InlineData("""claims.aud.exists(a, a == "kafka")""", false)]
    [InlineData("""claims.aud.matches("^api://kafka-[a-z]+$")""", false)]
    [InlineData("true", true)]
    [InlineData("""claims.sub == "a" """, true)]
    [InlineData("""claims.sub in ["a"]""", true)]
    [InlineData("""claims.groups.exists(g, g == "a")""", true)]
    [InlineData("""has(claims.aud)""", true)]
    [InlineData("""claims.aud != "other" """, true)]
    [InlineData("""claims.aud == "kafka" || claims.azp == "a" """, true)]
    [InlineData("""claims.azp == "claims.aud" """, true)]
    public void A_filter_leaves_the_audience_open_unless_every_way_in_has_a_condition_on_it(string filter, bool open)
    {
        var rules = CelLint.Check(Cel.Filters.Program(filter), new CelLintOptions { IsAudienceOpen = true }).Select(issue => issue.Rule);

        Assert.Equal(open, rules.Contains(CelLint.OpenAudience));
    }

    [Fact]
    public void A_finding_has_a_place_a_severity_and_a_way_out()
    {
        var issue = Assert.Single(CelLint.Check(Cel.Filters.Program("""claims.azp == "a" && claims.aud == "x" """)));
        Assert.Equal((CelSeverity.Warning, 1, 22, 17), (issue.Severity, issue.Line, issue.Column, issue.Length));
        Assert.Contains("\"x\" in claims.aud", issue.Hint, StringComparison.Ordinal);
        Assert.EndsWith("^^^^^^^^^^^^^^^^^", issue.Excerpt, StringComparison.Ordinal);
    }

    [Fact]
    public void Many_conditions_are_looked_at_in_little_time()
    {
        var filter = string.Join(" || ", Enumerable.Range(0, 22).Select(i => $"claims.c{i} == {i}"));
        var roomy = Cel.Filters.WithLimits(CelLimits.Default);
        Assert.Empty(CelLint.Check(roomy.Program(filter)));
        Assert.Contains("always-true", CelLint.Check(roomy.Program($"{filter} || true")).Select(issue => issue.Rule));
    }

    private static IEnumerable<string?> SharedRules(string filter) =>
        CelLint.Check(Cel.Filters.Program(filter), new CelLintOptions { IsSharedIssuer = true }).Select(issue => issue.Rule);
}
