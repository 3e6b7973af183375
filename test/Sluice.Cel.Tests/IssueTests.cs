namespace Sluice.Cel.Tests;

/// <summary>Faults say where they are and what to do.</summary>
public sealed class IssueTests
{
    [Theory]
    [InlineData("claims.aud = \"x\"", 1, 12, "unexpected '='", "write '==' to compare")]
    [InlineData("claims.aud == \"x\" and true", 1, 19, "unexpected and", "write '&&' for and")]
    [InlineData("claims.aud ==\n  ", 2, 3, "the expression ends", null)]
    [InlineData("'😀' == 'a' &&\n  groups == 1", 2, 3, "undeclared reference to 'groups'", "did you mean \"claims.groups\"?")]
    [InlineData("'😀😀' + 1 == ''", 1, 1, "'+' cannot take string and int", null)]
    [InlineData("'😀' == x", 1, 8, "undeclared reference to 'x'", "did you mean \"claims.x\"?")]
    [InlineData("claim.sub == 'a'", 1, 1, "undeclared reference to 'claim'", "did you mean \"claims\"?")]
    [InlineData("claims.sub.startWith('a')", 1, 12, "there is no function 'startWith'", "did you mean \"startsWith\"?")]
    [InlineData("claims.sub.startsWith(1)", 1, 1, "no form of 'startsWith'", "known forms: string.startsWith(string)")]
    [InlineData("has(claims)", 1, 5, "has() needs a field selection", "write has(claims.sub)")]
    [InlineData("claims.list.all(1, true)", 1, 17, "all() needs a plain variable name", "write a name such as x")]
    [InlineData("claims.sub == “a”", 1, 15, "unexpected character '“'", "use straight quotes: \" or '")]
    [InlineData("claims.sub == 'a", 1, 15, "the string does not end", "close it with '")]
    [InlineData("claims.?sub == 'a'", 1, 8, "optional syntax", "use has() to test for presence")]
    [InlineData("\"a\" in \"abc\"", 1, 1, "'in' cannot take string and string", "to search in a string, write text.contains(\"…\")")]
    [InlineData("99999999999999999999", 1, 1, "out of range for an int", null)]
    [InlineData("'\\q'", 1, 2, "unknown escape '\\q'", null)]
    [InlineData("(1 == 1", 1, 8, "the expression ends where ')' is expected", null)]
    public void A_fault_has_a_place_a_message_and_a_hint(string source, int line, int column, string message, string? hint)
    {
        var issue = Cel.Filters.Compile(source).Issues[0];
        Assert.Equal((line, column), (issue.Line, issue.Column));
        Assert.Contains(message, issue.Message, StringComparison.Ordinal);
        if (hint is not null)
        {
            Assert.Equal(hint, issue.Hint);
        }
    }

    [Fact]
    public void An_excerpt_shows_the_line_with_carets_under_the_fault()
    {
        var issue = Assert.Single(Cel.Filters.Compile("true &&\n'😀' == group").Issues);
        Assert.Equal(" | '😀' == group\n |        ^^^^^", issue.Excerpt);
        Assert.Equal("2:8: undeclared reference to 'group'\n | '😀' == group\n |        ^^^^^\ndid you mean \"claims.group\"?", issue.Render());
    }

    [Fact]
    public void Several_faults_are_told_at_once_in_the_order_of_the_text() =>
        Assert.Equal([1, 11, 21], Cel.Filters.Compile("a == 1 && b == 2 && c == 3").Issues.Select(issue => issue.Column));

    [Fact]
    public void An_error_of_evaluation_knows_its_place()
    {
        var error = Cel.Filters.Program("true && claims.a.b == 1").Evaluate(Cel.Json("""{"a":{}}""")).Error!;
        Assert.Equal("no such key: 'b'", error.Message);
        Assert.Equal((8, 10), (error.Offset, error.Length));
    }

    [Theory]
    [InlineData("""claims.aud == "api://kafka" && "kafka.write" in claims.scp""")]
    [InlineData("""claims.tid == "<tenant>" && claims.azp == "<client id>" """)]
    [InlineData("""claims.scp.matches("(^| )Kafka.Write( |$)")""")]
    [InlineData("""claims.azp == "billing" && "kafka" in claims.realm_access.roles""")]
    [InlineData("""claims["https://example.com/role"] == "producer" """)]
    [InlineData("""claims.aud == "kafka" && claims.sub.startsWith("project_path:acme/billing:ref_type:branch:")""")]
    [InlineData("""  "kafka" in claims.aud && claims.sub == "system:serviceaccount:payments:billing" """)]
    [InlineData("""claims.client_id == "<client id>" && claims.token_use == "access" """)]
    public void The_filters_of_the_documents_compile(string filter) => Assert.Equal(CelType.Bool, Cel.Filters.Program(filter).ResultType);
}
