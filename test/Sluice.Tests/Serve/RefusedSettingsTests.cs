using Sluice.Identity;
using Sluice.Serve;
using Sluice.State;

namespace Sluice.Tests.Serve;

/// <summary><c>sluice serve</c> does not start on a setting that makes no sense, and names it.</summary>
public sealed class RefusedSettingsTests
{
    private const string Kafka = "Clusters:0:Client:bootstrap.servers=127.0.0.1:1";

    [Theory]
    [InlineData("Clusters is missing")]
    [InlineData("Clusters:0:Bootstrap is not a setting. In Clusters:0 there are Kind, ClusterId, Client,", "Clusters:0:Bootstrap=x:1", Kafka)]
    [InlineData("Cluster is not a setting", "Cluster:0:ClusterId=x", Kafka)]
    [InlineData("Sluice:DataDir is not a setting", "Sluice:DataDir=/x", Kafka)]
    [InlineData("Sluice:Identity:Keys:MaxByte is not a setting", "Sluice:Identity:Keys:MaxByte=1", Kafka)]
    [InlineData("Clusters:0:Kind must be Kafka or Embedded, not 'Rabbit'", "Clusters:0:Kind=Rabbit", Kafka)]
    [InlineData("Clusters:0:ClusterId 'a/b' cannot be part of a URL", "Clusters:0:ClusterId=a/b", Kafka)]
    [InlineData("Clusters:1:ClusterId 'lkc-1' is taken", Kafka, "Clusters:0:ClusterId=lkc-1", "Clusters:1:ClusterId=lkc-1", "Clusters:1:Kind=Embedded")]
    [InlineData("Clusters:0:ClusterId is missing", "Clusters:0:Kind=Embedded")]
    [InlineData("Clusters:0:Client: bootstrap.servers is missing", "Clusters:0:Client:client.id=x")]
    [InlineData("Clusters:0:Client: bootstrap.servers: 'kafka:port' is not HOST:PORT.", "Clusters:0:Client:bootstrap.servers=kafka:port")]
    [InlineData("Clusters:0:Client: No such configuration property: \"no.such\"", Kafka, "Clusters:0:Client:no.such=1")]
    [InlineData("Clusters:0:Client: sasl.mechanism NTLM is not supported", Kafka, "Clusters:0:Client:security.protocol=SASL_SSL", "Clusters:0:Client:sasl.mechanism=NTLM")]
    [InlineData("'Clusters:0:MaxClients'", Kafka, "Clusters:0:MaxClients=many")]
    [InlineData("Clusters:0:MaxClients must be greater than zero", Kafka, "Clusters:0:MaxClients=0")]
    [InlineData("Clusters:0:DeliveryTimeout is 30.00:00:00", Kafka, "Clusters:0:DeliveryTimeout=30")]
    [InlineData("Clusters:0:AclRefresh is 2.00:00:00: it must be from 00:00:00.1000000 to 00:05:00, written hours:minutes:seconds", Kafka, "Clusters:0:AclRefresh=2")]
    [InlineData("Clusters:0:AclRefresh is 00:00:00", Kafka, "Clusters:0:AclRefresh=00:00:00")]
    [InlineData("Clusters:0:AclRefresh is -00:00:02", Kafka, "Clusters:0:AclRefresh=-00:00:02")]
    [InlineData("'Clusters:0:AclRefresh'", Kafka, "Clusters:0:AclRefresh=often")]
    [InlineData("'Clusters:0:ReadAcls'", Kafka, "Clusters:0:ReadAcls=maybe")]
    [InlineData("Clusters:0:ReadAcl is not a setting", Kafka, "Clusters:0:ReadAcl=false")]
    [InlineData("'Clusters:0:BrokerIdentity'", Kafka, "Clusters:0:BrokerIdentity=Root")]
    [InlineData("Clusters:0:BrokerIdentity is Minted, so tokens must be signed: set Sluice:TokenSigning:Issuer", Kafka, "Clusters:0:BrokerIdentity=Minted")]
    [InlineData("Clusters:0:BrokerIdentity is Passthrough: set Client:security.protocol", Kafka, "Clusters:0:BrokerIdentity=Passthrough")]
    [InlineData("Sluice:TokenSigning:Audience is missing", Kafka, "Sluice:TokenSigning:Issuer=x")]
    [InlineData("Sluice:TokenSigning:PublishBeforeUse must be shorter", Kafka, "Sluice:TokenSigning:Issuer=x", "Sluice:TokenSigning:Audience=y", "Sluice:TokenSigning:RotateEvery=01:00:00")]
    [InlineData("Sluice:Administrator:ApiKey must be", Kafka, "Sluice:Administrator:Secret=0123456789012345678901234567890123456789")]
    [InlineData("Sluice:Administrator needs exactly one", Kafka, "Sluice:Administrator:ApiKey=a")]
    [InlineData("Sluice:Administrator:Secret holds a secret of fewer than 32 characters", Kafka, "Sluice:Administrator:ApiKey=a", "Sluice:Administrator:Secret=short")]
    [InlineData("Sluice:Administrator:SecretHash is not what", Kafka, "Sluice:Administrator:ApiKey=a", "Sluice:Administrator:SecretHash=v1.AA.AA")]
    [InlineData("Sluice:Administrator:SecretFile cannot be read", Kafka, "Sluice:Administrator:ApiKey=a", "Sluice:Administrator:SecretFile=/no/such")]
    public async Task It_is_named(string sentence, params string[] settings)
    {
        var problems = await ProblemsAsync(settings);

        Assert.Contains(problems, problem => problem.Contains(sentence, StringComparison.Ordinal));
        Assert.DoesNotContain(problems, problem => problem.Contains("Parameter", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Sluice:Identity:MaxTokenBytes", Kafka, "Sluice:Identity:MaxTokenBytes=1")]
    [InlineData("Sluice:ControlPlane:CrnAuthority", Kafka, "Sluice:ControlPlane:CrnAuthority=a b")]
    [InlineData("in use", Kafka, "urls=http://127.0.0.1:TAKEN")]
    [InlineData("/no/such/certificate.pem", Kafka, "Kestrel:Endpoints:Https:Url=https://127.0.0.1:0", "Kestrel:Endpoints:Https:Certificate:Path=/no/such/certificate.pem")]
    public async Task What_only_shows_when_it_starts_is_a_sentence_too(string sentence, params string[] settings)
    {
        using var taken = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        taken.Start();
        var port = ((System.Net.IPEndPoint)taken.LocalEndpoint).Port.ToString(System.Globalization.CultureInfo.InvariantCulture);

        var problems = await ProblemsAsync([.. settings.Select(s => s.Replace("TAKEN", port, StringComparison.Ordinal))], checkOnly: false);

        Assert.Contains(problems, problem => problem.Contains(sentence, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_section_that_a_room_reads_is_known_to_serve()
    {
        var sections = new[] { typeof(ServeSettings).Assembly, typeof(IdentityOptions).Assembly }.SelectMany(a => a.GetTypes())
            .Select(type => (Type: type, Name: type.GetField("Section")?.GetRawConstantValue() as string))
            .Where(s => s.Name?.StartsWith("Sluice:", StringComparison.Ordinal) == true && s.Name.Count(c => c == ':') == 1).ToArray();

        Assert.NotEmpty(sections);
        Assert.All(sections, s => Assert.Contains(typeof(ServeSettings).GetProperties(), p => "Sluice:" + p.Name == s.Name && p.PropertyType == s.Type));
    }

    [Fact]
    public async Task A_secret_does_not_get_into_the_sentence()
    {
        var problems = await ProblemsAsync([Kafka, "Clusters:0:Client:sasl.password=hunter2", "Clusters:0:Client:security.protocol=SASL_SSL", "Clusters:0:Client:sasl.mechanism=X"]);

        Assert.NotEmpty(problems);
        Assert.DoesNotContain("hunter2", string.Join('\n', problems));
    }

    [Fact]
    public async Task Settings_that_make_sense_pass_the_check_and_nothing_is_written()
    {
        var hash = ApiKeySecret.Hash(ApiKeySecret.Create());
        var directory = Directory.CreateTempSubdirectory("sluice-check-");
        try
        {
            var problems = await ProblemsAsync(
                [Kafka, "Clusters:0:BrokerIdentity=Minted", "Clusters:0:Client:SECURITY_PROTOCOL=SASL_PLAINTEXT", "Sluice:TokenSigning:Issuer=i", "Sluice:TokenSigning:Audience=a",
                 "Sluice:Administrator:ApiKey=ADMIN", $"Sluice:Administrator:SecretHash={hash}", $"Sluice:DataDirectory={directory.FullName}/data"]);

            Assert.Empty(problems);
            Assert.Empty(directory.GetFileSystemInfos());
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("{", "appsettings.json")]
    [InlineData("""{"Clutsers":[]}""", "Clutsers is not a setting")]
    public async Task A_file_that_makes_no_sense_is_named(string content, string sentence)
    {
        var directory = Directory.CreateTempSubdirectory("sluice-file-");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(directory.FullName, "appsettings.json"), content, TestContext.Current.CancellationToken);
            var (gateway, problems) = await ServeGateway.StartAsync(
                new ServeArguments { ContentRoot = directory.FullName, CheckOnly = true }, TestContext.Current.CancellationToken);

            Assert.Null(gateway);
            Assert.Contains(problems, problem => problem.Contains(sentence, StringComparison.Ordinal));
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static async Task<IReadOnlyList<string>> ProblemsAsync(string[] settings, bool checkOnly = true)
    {
        var directory = Directory.CreateTempSubdirectory("sluice-refused-");
        try
        {
            string[] all = [$"Sluice:DataDirectory={directory.FullName}", "Logging:LogLevel:Default=None", .. settings];
            var (gateway, problems) = await ServeGateway.StartAsync(
                new ServeArguments { Settings = [.. all.Select(s => "--" + s)], ContentRoot = directory.FullName, CheckOnly = checkOnly },
                TestContext.Current.CancellationToken);
            if (gateway is not null)
            {
                await gateway.DisposeAsync();
            }

            Assert.Null(gateway);
            return problems;
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }
}
