using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Sluice.State;

namespace Sluice.Tests.ControlPlane;

// What is decided on the state that is changed, and which bindings there can be.
public sealed partial class DelegationTests
{
    [Fact]
    public async Task A_role_that_is_taken_back_is_gone_for_every_change_that_is_decided_later()
    {
        await using var gateway = await ControlHost.StartAsync();
        var owner = await HolderAsync(gateway, ("ResourceOwner", Kafka + "/topic=orders-*"));
        var own = gateway.State.RoleBindings.Values.Single(binding => binding.Principal == $"User:{owner.Account}");

        var requests = Enumerable.Range(0, 60).Select(async i =>
        {
            if (i == 30)
            {
                await gateway.SendAsync("DELETE", $"{Bindings}/{own.Id}");
                return HttpStatusCode.OK;
            }

            return (await owner.SendAsync("POST", Bindings, Binding($"User:pool-{i}", "DeveloperRead", Kafka + "/topic=orders-1"))).Status;
        });
        var answers = await Task.WhenAll(requests);

        var history = await gateway.HistoryAsync();
        var end = history.Single(change => change.Id == own.Id && change.After is null).Version;
        Assert.DoesNotContain(history, change => change.Version > end && change.Author.Principal == $"User:{owner.Account}");
        Assert.Equal(answers.Count(status => status == HttpStatusCode.Created), gateway.State.RoleBindings.Values.Count(binding => binding.Principal.StartsWith("User:pool-", StringComparison.Ordinal)));
        Assert.Equal(HttpStatusCode.Forbidden, (await owner.SendAsync("POST", Bindings, Binding("User:pool-late", "DeveloperRead", Kafka + "/topic=orders-1"))).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await owner.SendAsync("GET", $"{Bindings}?crn_pattern={Uri.EscapeDataString(Organization + "/*")}")).Status);
    }

    [Theory]
    [InlineData("ResourceOwner", Kafka + "/topic=orders-*", Bindings)]
    [InlineData("OrganizationAdmin", Organization, "/iam/v2/service-accounts")]
    [InlineData("AccountAdmin", Organization, "/iam/v2/identity-providers")]
    public async Task A_role_that_is_taken_back_between_the_request_and_its_decision_is_gone(string role, string crn, string path)
    {
        BetweenStore between = null!;
        await using var gateway = await ControlHost.StartAsync(services =>
        {
            between = new BetweenStore((IStateStore)services.Last(service => service.ServiceType == typeof(IStateStore)).ImplementationInstance!);
            services.AddSingleton<IStateStore>(between);
        });
        var holder = await HolderAsync(gateway, (role, crn));
        between.TakeBackFrom = $"User:{holder.Account}";

        var (status, body) = await holder.SendAsync("POST", path, path switch
        {
            Bindings => Binding("User:pool-a", "DeveloperRead", Kafka + "/topic=orders-1"),
            "/iam/v2/service-accounts" => new { display_name = "late" },
            _ => new { display_name = "late", description = "", issuer = gateway.Issuer.Issuer, jwks_uri = gateway.Issuer.JwksUri },
        });

        Assert.True(between.HasTakenBack);
        Assert.True(status == HttpStatusCode.Forbidden, $"{status} {body}");
        Assert.DoesNotContain(await gateway.HistoryAsync(), change => change.Author.Principal == between.TakeBackFrom);
    }

    [Fact]
    public async Task A_pool_delegates_with_an_exchanged_token()
    {
        await using var gateway = await ControlHost.StartAsync();
        var pool = await MakePoolAsync(gateway);
        await gateway.CreateAsync(Bindings, Binding($"User:{pool}", "ResourceOwner", Kafka + "/topic=orders-*"));
        using var form = new FormUrlEncodedContent(
        [
            new("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange"), new("identity_pool_id", pool), new("requested_token_type", "urn:ietf:params:oauth:token-type:access_token"),
            new("subject_token", gateway.Issuer.Token(gateway.Issuer.Claims(TimeProvider.System.GetUtcNow()))), new("subject_token_type", "urn:ietf:params:oauth:token-type:jwt"),
        ]);
        using var stranger = gateway.Stranger();
        using var exchange = await stranger.PostAsync("/sts/v1/oauth2/token", form, TestContext.Current.CancellationToken);
        var reply = JsonDocument.Parse(await exchange.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
        using var holder = gateway.Bearer(reply.GetProperty("access_token").GetString()!);

        var (status, made) = await ControlHost.SendAsync(holder, "POST", "/api" + Bindings, Binding("User:pool-friend", "DeveloperRead", Kafka + "/topic=orders-1"));

        Assert.Equal(HttpStatusCode.Created, status);
        Assert.Equal($"User:{pool}", (await gateway.HistoryAsync())[^1].Author.Principal);
        Assert.Equal(HttpStatusCode.Forbidden, (await ControlHost.SendAsync(holder, "POST", Bindings, Binding($"User:{pool}", "ResourceOwner", Kafka + "/topic=*"))).Status);
        Assert.Equal(HttpStatusCode.OK, (await ControlHost.SendAsync(holder, "DELETE", $"{Bindings}/{Id(made)}")).Status);
    }

    [Theory]
    [InlineData("OrganizationAdmin", Kafka + "/topic=a", "OrganizationAdmin holds for the organization, not for a topic")]
    [InlineData("EnvironmentAdmin", Organization, "EnvironmentAdmin holds for an environment")]
    [InlineData("CloudClusterAdmin", Environment, "CloudClusterAdmin holds for a cluster")]
    [InlineData("Operator", Kafka + "/group=a", "not for a group")]
    [InlineData("DeveloperRead", Organization + "/topic=a", "right behind kafka=<cluster>")]
    [InlineData("DeveloperRead", "crn://confluent.example/organization=o/environment=e/cloud-cluster=c/kafka=c/topic=a", "crn_pattern must begin with crn://confluent.cloud/")]
    public async Task A_binding_that_would_mean_nothing_is_400_and_says_what_would(string role, string crn, string detail)
    {
        await using var gateway = await ControlHost.StartAsync();

        var (status, body) = await gateway.SendAsync("POST", Bindings, Binding("User:pool-a", role, crn));

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(detail, Detail(body), StringComparison.Ordinal);
        Assert.Equal("/crn_pattern", body.GetProperty("errors")[0].GetProperty("source").GetProperty("pointer").GetString());
        Assert.Single(gateway.State.RoleBindings);
    }

    [Fact]
    public async Task With_another_authority_bindings_begin_with_it()
    {
        await using var gateway = await ControlHost.StartAsync("Sluice:ControlPlane:CrnAuthority=kafka.example.com");
        await gateway.Store.UpdateAsync(
            ChangeAuthor.System,
            _ => Update.Of(_ => 0, Change.Put(new RoleBinding("rb-own", "User:u-admin", "OrganizationAdmin", Organization.Replace("confluent.cloud", "kafka.example.com", StringComparison.Ordinal)))),
            TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, (await gateway.SendAsync("POST", Bindings, Binding("User:pool-a", "DeveloperRead", Kafka + "/topic=a"))).Status);
        Assert.Equal(
            HttpStatusCode.Created,
            (await gateway.SendAsync("POST", Bindings, Binding("User:pool-a", "DeveloperRead", Kafka.Replace("confluent.cloud", "kafka.example.com", StringComparison.Ordinal) + "/topic=a"))).Status);
    }
}
