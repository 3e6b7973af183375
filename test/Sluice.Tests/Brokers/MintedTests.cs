using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Sluice.Kafka.Client.Minting;
using Sluice.Serve;
using Sluice.Testing;
using Sluice.Testing.Kafka;

namespace Sluice.Tests.Brokers;

/// <summary>The gateway signs for each pool, the broker checks by the gateway's key set and decides by its own ACLs.</summary>
public sealed class MintedTests
{
    private const string Record = """{"value":{"type":"STRING","data":"v"}}""";

    /// <summary>Seconds after which the broker reads its keys again. <c>SLUICE_TEST_JWKS_REFRESH</c>: 60 takes a minute and a half.</summary>
    private static int Refresh { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("SLUICE_TEST_JWKS_REFRESH"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? seconds : 1;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_pool_is_refused_by_the_broker_until_it_has_an_acl_and_no_token_is_refused_while_keys_rotate()
    {
        if (RealKafka.WhyNot(new RealKafkaOptions { NeedsLauncher = true }) is { } why)
        {
            Assert.Skip(why);
        }

        // The gateway first: the broker reads its keys when it starts.
        var port = RealKafka.FindPort();
        var jwks = Path.Combine(Path.GetTempPath(), $"sluice-jwks-{Guid.NewGuid():N}.json");
        await using var gateway = await ServeHost.StartAsync(
            $"Clusters:0:Client:bootstrap.servers=127.0.0.1:{port + 3}",
            "Clusters:0:Client:security.protocol=SASL_PLAINTEXT",
            "Clusters:0:ClusterId=lkc-minted",
            "Clusters:0:BrokerIdentity=Minted",
            "Clusters:0:MaxClients=8",
            "Clusters:0:UnavailableAfter=00:00:20", // a busy machine is not what is tested
            "Sluice:TokenSigning:Issuer=https://sluice.example.com",
            "Sluice:TokenSigning:Audience=kafka",
            $"Sluice:TokenSigning:PublishBeforeUse={TimeSpan.FromSeconds(Refresh + 5)}",
            $"Sluice:TokenSigning:JwksFile={jwks}");
        try
        {
            Assert.Equal(await File.ReadAllTextAsync(jwks, Cancelled), (await gateway.GetAsync(BrokerKeysEndpoint.Path)).Body);
            await using var kafka = await RealKafka.StartAsync(new RealKafkaOptions
            {
                NeedsLauncher = true,
                Port = port,
                JwksFile = new Uri(gateway.Http.BaseAddress!, BrokerKeysEndpoint.Path).AbsoluteUri,
                Issuer = "https://sluice.example.com",
                Audience = "kafka",
                Settings = [$"listener.name.oauth.oauthbearer.sasl.oauthbearer.jwks.endpoint.refresh.ms={Refresh * 1000}"],
            });
            await using var superuser = new Superuser(kafka);
            await superuser.CreateTopicAsync("orders");

            var pool = await gateway.CreatePoolAsync("orders-svc");
            var refused = await ProduceAsync("orders-svc", pool);
            Assert.Equal((40301, "Not authorized to access topics: [orders]"), (refused.ErrorCode, refused.Message));

            // Who may say so is the broker's decision too: the administrators' pool needs the right to alter the cluster.
            var administrators = await gateway.CreatePoolAsync("admin-svc");
            Assert.Equal(403, (await AllowAsync(administrators, pool)).Status);
            await superuser.AllowAlterAsync($"User:{administrators}");
            await EventuallyAsync(async () => (await AllowAsync(administrators, pool)).Status == 201);
            await EventuallyAsync(async () => (await ProduceAsync("orders-svc", pool)).Json.GetProperty("error_code").GetInt32() == 200);
            Assert.Equal(40301, (await ProduceAsync("other-svc", await gateway.CreatePoolAsync("other-svc"))).ErrorCode);

            await RotateAsync(superuser);
        }
        finally
        {
            File.Delete(jwks);
        }

        Task<Answer> AllowAsync(string administrators, string pool) => gateway.SendAsync(
            gateway.Token("admin-svc"), administrators, HttpMethod.Post, $"{ServeHost.ClusterPath("lkc-minted")}/acls", $$"""
            {"resource_type":"TOPIC","resource_name":"orders","pattern_type":"LITERAL","principal":"User:{{pool}}","host":"*","operation":"WRITE","permission":"ALLOW"}
            """);

        Task<Answer> ProduceAsync(string subject, string pool) => gateway.SendAsync(
            gateway.Token(subject), pool, HttpMethod.Post, $"{ServeHost.ClusterPath("lkc-minted")}/topics/orders/records", Record);

        // New pools all the time, so that each has its first token signed and checked, before, during and after the turn of keys.
        async Task RotateAsync(Superuser superuser)
        {
            await superuser.AllowAsync("User:*", "orders");
            await EventuallyAsync(async () => (await ProduceAsync("other-svc", await gateway.CreatePoolAsync("other-svc"))).Json.GetProperty("error_code").GetInt32() == 200);
            var ring = (SigningKeyRing)gateway.Services.GetRequiredService<ITokenMinter>();
            var old = KeyIdOf(ring.Mint("User:x"));
            ring.Rotate();
            Assert.Equal(2, JsonDocument.Parse((await gateway.GetAsync(BrokerKeysEndpoint.Path)).Body).RootElement.GetProperty("keys").GetArrayLength());
            for (var after = 0; after < 5; after += KeyIdOf(ring.Mint("User:x")) == old ? 0 : 1)
            {
                var subject = $"svc-{Guid.NewGuid():N}";
                var produced = await ProduceAsync(subject, await gateway.CreatePoolAsync(subject));
                Assert.True(produced.Json.GetProperty("error_code").GetInt32() == 200, produced.Body);
                await Task.Delay(100, Cancelled);
            }
        }
    }

    private static string KeyIdOf(MintedToken token) => JsonDocument.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(token.Value.Split('.')[0]))
        .RootElement.GetProperty("kid").GetString()!;

    private static async Task EventuallyAsync(Func<Task<bool>> holds)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        deadline.CancelAfter(TimeSpan.FromSeconds(60));
        while (!await holds())
        {
            await Task.Delay(50, deadline.Token);
        }
    }
}
