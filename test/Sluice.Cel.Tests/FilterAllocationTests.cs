namespace Sluice.Cel.Tests;

/// <summary>The promise of <see cref="CelProgram.IsTrue"/>: typical filters allocate nothing.</summary>
public sealed class FilterAllocationTests
{
    private static readonly System.Text.Json.JsonElement Claims = Cel.Json(
        """
        {"iss":"https://idp","sub":"system:a","aud":"x","scp":["r","y"],"groups":["dev","analytics"],"level":3,"https://e.com/role":"w",
         "realm_access":{"roles":["a","kafka"]}}
        """);

    [Theory]
    [InlineData("""claims.aud == "x" && "y" in claims.scp""")]
    [InlineData("""claims.iss == "https://idp" && claims.sub.startsWith("system:")""")]
    [InlineData("""claims.groups.exists(g, g == "analytics")""")]
    [InlineData("""claims.groups.exists(g, g != "dev")""")]
    [InlineData("""claims.groups.all(g, g.startsWith("d") || g.endsWith("s"))""")]
    [InlineData("""claims.groups.exists_one(g, g.contains("lyt"))""")]
    [InlineData("""claims.aud in ["a", "x"]""")]
    [InlineData("""has(claims.sub) && !has(claims.azp)""")]
    [InlineData("""claims["https://e.com/role"] == "w" """)]
    [InlineData("""  "kafka" in claims.realm_access.roles""")]
    [InlineData("""claims.level >= 3 && claims.level != 4""")]
    [InlineData("""claims.azp == "b" || claims.aud == "x" """)]
    [InlineData("""has(claims.azp) ? claims.azp == "b" : claims.aud == "x" """)]
    public void A_typical_filter_allocates_nothing(string filter)
    {
        var program = Cel.Filters.Program(filter);
        Assert.True(program.IsTrue(Claims));
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            program.IsTrue(Claims);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
