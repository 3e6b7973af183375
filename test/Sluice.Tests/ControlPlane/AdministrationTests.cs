using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Sluice.Tests.ControlPlane;

/// <summary>Users, organizations, history, limits, and changes that meet.</summary>
public sealed class AdministrationTests
{
    [Fact]
    public async Task The_organization_is_listed_read_and_renamed()
    {
        await using var gateway = await ControlHost.StartAsync();
        var (_, list) = await gateway.SendAsync("GET", "/org/v2/organizations");
        var organization = Assert.Single(list.GetProperty("data").EnumerateArray());
        var path = $"/org/v2/organizations/{organization.GetProperty("id").GetString()}";

        Assert.Equal(HttpStatusCode.OK, (await gateway.SendAsync("PATCH", path, new { display_name = "Finance" })).Status);

        Assert.Equal("Finance", (await gateway.SendAsync("GET", path)).Body.GetProperty("display_name").GetString());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await gateway.SendAsync("PATCH", path, new { display_name = "<script>" })).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await gateway.SendAsync("GET", "/org/v2/organizations/other")).Status);
    }

    [Fact]
    public async Task Declared_users_are_read_and_not_changed()
    {
        await using var gateway = await ControlHost.StartAsync();
        Assert.Equal("admin@example.com", (await gateway.SendAsync("GET", "/iam/v2/users/u-admin")).Body.GetProperty("email").GetString());

        foreach (var (method, body) in ((string, object?)[])[("PATCH", new { full_name = "x" }), ("DELETE", null)])
        {
            var (status, answer) = await gateway.SendAsync(method, "/iam/v2/users/u-admin", body);
            Assert.Equal(HttpStatusCode.Conflict, status);
            Assert.Contains("configuration", answer.GetProperty("errors")[0].GetProperty("detail").GetString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task History_says_who_changed_what_and_holds_no_secret()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 24, 10, 0, 0, TimeSpan.Zero));
        await using var gateway = await ControlHost.StartAsync(services => services.AddSingleton<TimeProvider>(time));
        var account = (await gateway.CreateAsync("/iam/v2/service-accounts", new { display_name = "a" })).GetProperty("id").GetString();
        var key = await gateway.CreateAsync("/iam/v2/api-keys", new { spec = new { owner = new { id = account } } });
        await gateway.SendAsync("DELETE", $"/iam/v2/service-accounts/{account}");

        var (_, all) = await gateway.SendAsync("GET", "/sluice/v1/changes");

        var changes = all.GetProperty("data").EnumerateArray().ToList();
        Assert.Equal(["put ServiceAccount", "put ApiKey", "delete ApiKey", "delete ServiceAccount"], changes.Select(c => $"{c.GetProperty("action").GetString()} {c.GetProperty("resource_kind").GetString()}"));
        Assert.All(changes, c => Assert.Equal("User:u-admin", c.GetProperty("author").GetString()));
        Assert.All(changes, c => Assert.True(Guid.TryParse(c.GetProperty("request_id").GetString(), out _)));
        Assert.Equal("a", changes[0].GetProperty("resource").GetProperty("display_name").GetString());
        Assert.DoesNotContain("hash", all.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain(key.GetProperty("spec").GetProperty("secret").GetString()!, all.GetRawText(), StringComparison.Ordinal);

        var (_, page) = await gateway.SendAsync("GET", "/sluice/v1/changes?page_size=3");
        Assert.Equal(3, page.GetProperty("data").GetArrayLength());
        var (_, rest) = await gateway.SendAsync("GET", page.GetProperty("metadata").GetProperty("next").GetString()!);
        Assert.Equal(4, Assert.Single(rest.GetProperty("data").EnumerateArray()).GetProperty("version").GetInt32());
        Assert.False(rest.GetProperty("metadata").TryGetProperty("next", out _));
        var (_, one) = await gateway.SendAsync("GET", $"/sluice/v1/changes?resource_kind=ServiceAccount&resource_id={account}");
        Assert.Equal(2, one.GetProperty("data").GetArrayLength());
        foreach (var bad in (string[])["page_size=0", "page_size=1001", "after=-1", "after=x", "resource_kind=Spaceship", "x=1"])
        {
            Assert.Equal(HttpStatusCode.BadRequest, (await gateway.SendAsync("GET", "/sluice/v1/changes?" + bad)).Status);
        }

        using var stranger = gateway.Stranger();
        Assert.Equal(HttpStatusCode.Unauthorized, (await ControlHost.SendAsync(stranger, "GET", "/sluice/v1/changes")).Status);
    }

    [Fact]
    public async Task Every_answer_says_how_many_requests_are_left_and_one_more_is_429()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var gateway = await ControlHost.StartAsync(
            services => services.AddSingleton<TimeProvider>(time), "Sluice:ControlPlane:RateLimit:Requests=3", "Sluice:ControlPlane:RateLimit:Window=00:00:10");
        time.Advance(TimeSpan.FromSeconds(1));
        foreach (var (path, status, left) in ((string, int, string)[])[("/org/v2/environments", 200, "2"), ("/iam/v2/users/u-x", 404, "1"), ("/iam/v2/users?page_size=x", 400, "0"), ("/org/v2/environments", 429, "0")])
        {
            using var answer = await gateway.Http.GetAsync(path, TestContext.Current.CancellationToken);
            Assert.Equal(status, (int)answer.StatusCode);
            Assert.Equal("3", answer.Headers.GetValues("X-RateLimit-Limit").Single());
            Assert.Equal(left, answer.Headers.GetValues("X-RateLimit-Remaining").Single());
            Assert.Equal("10", answer.Headers.GetValues("X-RateLimit-Reset").Single());
            Assert.Equal(status == 429 ? "10" : null, answer.Headers.RetryAfter?.ToString());
        }

        // Who has no credentials is counted by address, apart from those who have.
        using var stranger = gateway.Stranger();
        using var unknown = await stranger.GetAsync("/api/no/such/thing", TestContext.Current.CancellationToken);
        Assert.Equal("2", unknown.Headers.GetValues("X-RateLimit-Remaining").Single());

        time.Advance(TimeSpan.FromSeconds(10));
        using var after = await gateway.Http.GetAsync("/org/v2/environments", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
    }

    [Fact]
    public async Task Of_two_changes_of_what_both_have_read_one_is_412()
    {
        await using var gateway = await ControlHost.StartAsync();
        var id = (await gateway.CreateAsync("/iam/v2/service-accounts", new { display_name = "a" })).GetProperty("id").GetString();
        using var read = await gateway.Http.GetAsync($"/iam/v2/service-accounts/{id}", TestContext.Current.CancellationToken);

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(async i =>
        {
            using var change = new HttpRequestMessage(HttpMethod.Patch, $"/iam/v2/service-accounts/{id}")
            {
                Content = System.Net.Http.Json.JsonContent.Create(new { description = $"{i}" }),
            };
            change.Headers.IfMatch.Add(read.Headers.ETag!);
            using var answer = await gateway.Http.SendAsync(change, TestContext.Current.CancellationToken);
            return (int)answer.StatusCode;
        }));

        Assert.Equal(1, answers.Count(s => s == 200));
        Assert.Equal(9, answers.Count(s => s == 412));
    }

    [Theory]
    [InlineData("/iam/v2/identity-providers", "display_name", 64)]
    [InlineData("/iam/v2/service-accounts", "display_name", 64)]
    [InlineData("/org/v2/environments", "display_name", 255)]
    public async Task Over_long_strings_are_422_and_the_longest_are_stored_as_they_came(string path, string member, int most)
    {
        await using var gateway = await ControlHost.StartAsync();
        var name = string.Concat(Enumerable.Repeat("🐱", most));
        var body = new Dictionary<string, string>(StringComparer.Ordinal) { [member] = name + "x" };
        if (path.EndsWith("providers", StringComparison.Ordinal))
        {
            (body["description"], body["issuer"], body["jwks_uri"]) = ("", "https://i.example", gateway.Issuer.JwksUri);
        }

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await gateway.SendAsync("POST", path, body)).Status);
        body[member] = name;
        Assert.Equal(name, (await gateway.CreateAsync(path, body)).GetProperty(member).GetString());
    }
}
