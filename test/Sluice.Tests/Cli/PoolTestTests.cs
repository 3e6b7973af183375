using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace Sluice.Tests.Cli;

public sealed class PoolTestTests
{
    private const string Claims = """{"sub":"billing","aud":"kafka","scp":["read","write"]}""";

    [Theory]
    [InlineData("claims.aud == \"kafka\" && \"write\" in claims.scp", 0, "match")]
    [InlineData("claims.aud == \"other\"", 1, "no match: false")]
    [InlineData("claims.tid == \"t\"", 1, "no match: ")]
    public async Task A_filter_matches_or_not(string filter, int exitCode, string expected)
    {
        using var cli = new CommandRunner();

        var test = await cli.RunAsync("pool", "test", "--filter", filter, "--claims", cli.Write("claims.json", Claims));

        Assert.Equal(exitCode, test.ExitCode);
        Assert.StartsWith(expected, test.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Claims_come_from_standard_input_too()
    {
        using var cli = new CommandRunner();

        var test = await cli.RunWithInputAsync(Claims, "pool", "test", "--filter", "claims.sub == 'billing'", "--claims", "-", "-o", "json");

        Assert.True(test.Json.GetProperty("match").GetBoolean());
        Assert.Equal("claims.sub == 'billing'", test.Json.GetProperty("trace").GetProperty("expression").GetString());
        Assert.Equal("claims.sub", test.Json.GetProperty("trace").GetProperty("parts")[0].GetProperty("expression").GetString());
        Assert.Empty(test.Json.GetProperty("warnings").EnumerateArray());
    }

    [Fact]
    public async Task Claims_that_a_shell_of_Windows_pipes_begin_with_a_byte_order_mark()
    {
        using var cli = new CommandRunner();

        var test = await cli.RunWithInputAsync("\uFEFF{\"sub\":\"a\"}", "pool", "test", "--filter", "claims.sub == 'a'", "--claims", "-");

        Assert.Equal(0, test.ExitCode);
    }

    [Theory]
    [InlineData("{\"sub\":\"a\",\"sub\":\"b\"}", "names a member twice")]
    [InlineData("{\"sub\":\"a\",\"x\":[{\"y\":1,\"y\":1}]}", "names a member twice")]
    [InlineData("{\"sub\":", "is no JSON")]
    [InlineData("", "is no JSON")]
    [InlineData("[1]", "is no JSON object")]
    [InlineData("null", "is no JSON object")]
    public async Task What_no_token_can_hold_is_no_claims(string claims, string problem)
    {
        using var cli = new CommandRunner();

        var test = await cli.RunAsync("pool", "test", "--filter", "true", "--claims", cli.Write("claims.json", claims));

        Assert.Equal(2, test.ExitCode);
        Assert.Contains(problem, test.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_sub_expression_is_shown_with_its_value()
    {
        using var cli = new CommandRunner();

        var test = await cli.RunAsync(
            "pool", "test", "--filter", "claims.aud == \"other\" && \"write\" in claims.scp", "--claims", cli.Write("claims.json", Claims));

        Assert.Contains(test.Lines, l => l.TrimStart() == "claims.aud == \"other\" = false");
        Assert.Contains(test.Lines, l => l.TrimStart() == "claims.aud = \"kafka\"");
        Assert.Contains(test.Lines, l => l.TrimStart() == "\"write\" in claims.scp = not evaluated");
    }

    [Fact]
    public async Task What_is_likely_a_mistake_is_warned_of()
    {
        using var cli = new CommandRunner();

        var test = await cli.RunAsync("pool", "test", "--filter", "claims.aud == \"kafka\"", "--claims", cli.Write("claims.json", Claims));
        var json = await cli.RunAsync("pool", "test", "--filter", "claims.aud == \"kafka\"", "--claims", cli.PathTo("claims.json"), "-o", "json");
        var tooLong = await cli.RunAsync("pool", "test", "--filter", $"claims.sub == \"{new string('x', 300)}\"", "--claims", cli.PathTo("claims.json"));

        Assert.Equal(0, test.ExitCode);
        Assert.Contains("warning: ", test.Error, StringComparison.Ordinal);
        Assert.Equal("array-or-string", json.Json.GetProperty("warnings")[0].GetProperty("rule").GetString());
        Assert.Contains("at most 300", tooLong.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Claims_come_out_of_a_token_from_its_argument_the_environment_or_standard_input()
    {
        using var cli = new CommandRunner();
        var token = $"e30.{Base64UrlEncoder.Encode(Encoding.UTF8.GetBytes(Claims))}.AAAA";

        var argument = await cli.RunAsync("pool", "test", "--filter", "claims.sub == 'billing'", "--token", token);
        var input = await cli.RunWithInputAsync(token + "\n", "pool", "test", "--filter", "claims.sub == 'billing'", "--token");
        cli.Variables["SLUICE_TOKEN"] = token;
        var variable = await cli.RunAsync("pool", "test", "--filter", "claims.sub == 'billing'", "--token");

        Assert.Equal((0, 0, 0), (argument.ExitCode, input.ExitCode, variable.ExitCode));
    }

    [Fact]
    public async Task Under_an_issuer_that_many_share_a_filter_that_anyone_passes_is_warned_of()
    {
        using var cli = new CommandRunner();
        var claims = cli.Write("claims.json", """{"iss":"https://accounts.google.com","sub":"1","aud":"kafka"}""");

        var open = await cli.RunAsync("pool", "test", "--filter", "has(claims.sub)", "--claims", claims, "-o", "json");
        var closed = await cli.RunAsync("pool", "test", "--filter", "claims.sub == \"1\"", "--claims", claims, "-o", "json");

        Assert.Contains(open.Json.GetProperty("warnings").EnumerateArray(), w => w.GetProperty("rule").GetString() == "shared-issuer");
        Assert.DoesNotContain(closed.Json.GetProperty("warnings").EnumerateArray(), w => w.GetProperty("rule").GetString() == "shared-issuer");
    }

    [Fact]
    public async Task A_filter_that_does_not_compile_is_shown_with_a_caret()
    {
        using var cli = new CommandRunner();

        var test = await cli.RunAsync("pool", "test", "--filter", "claims.aud = \"kafka\"", "--claims", cli.Write("claims.json", Claims));

        Assert.Equal((2, ""), (test.ExitCode, test.Output));
        Assert.Contains("1:12", test.Error, StringComparison.Ordinal);
        Assert.Contains("^", test.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1 + 1", Claims, "must be true or false")]
    [InlineData("true", "[1]", "no JSON object")]
    [InlineData("true", "{", "no JSON")]
    public async Task What_cannot_be_tried_ends_with_two(string filter, string claims, string expected)
    {
        using var cli = new CommandRunner();

        var test = await cli.RunAsync("pool", "test", "--filter", filter, "--claims", cli.Write("claims.json", claims));

        Assert.Equal((2, ""), (test.ExitCode, test.Output));
        Assert.Contains(expected, test.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_claims_there_is_nothing_to_try()
    {
        using var cli = new CommandRunner();

        var neither = await cli.RunAsync("pool", "test", "--filter", "true");
        var noToken = await cli.RunAsync("pool", "test", "--filter", "true", "--token");
        var noFile = await cli.RunAsync("pool", "test", "--filter", "true", "--claims", "/no/such/file");

        Assert.Equal((2, 2, 2), (neither.ExitCode, noToken.ExitCode, noFile.ExitCode));
        Assert.Contains("--claims", neither.Error, StringComparison.Ordinal);
        Assert.Contains("There is no token", noToken.Error, StringComparison.Ordinal);

        var noName = await cli.RunAsync("pool", "test", "--filter", "true", "--claims", "");
        Assert.Equal(2, noName.ExitCode);
        Assert.Contains("has no name", noName.Error, StringComparison.Ordinal);
    }
}
