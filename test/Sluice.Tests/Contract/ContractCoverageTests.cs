using Sluice.Testing.Specs;

namespace Sluice.Tests.Contract;

/// <summary>That <see cref="ContractTable"/> leaves nothing out.</summary>
[Collection<ContractCollection>]
public sealed class ContractCoverageTests(EmbeddedContractGateway shared)
{
    // The Cloud's without cluster links and mirrors, and the stand-alone proxy's.
    private const int Offered = 69;

    private static readonly Dictionary<string, ContractOperation> Rows = ContractTable.All.ToDictionary(row => row.Key, StringComparer.Ordinal);

    [Fact]
    public void Every_operation_of_the_published_files_is_walked()
    {
        Assert.SkipUnless(SpecFiles.Available, SpecFiles.Missing);
        var files = SpecFiles.All!;

        Assert.Empty(Missing(files.Cloud, "/kafka/v3"));
        Assert.Empty(Missing(files.OnPremises, ""));
        Assert.Equal((69, 85), (files.Cloud.Routes.Count, files.OnPremises.Routes.Count));
    }

    [Fact]
    public void Every_Kafka_operation_of_the_gateways_own_document_is_walked_and_succeeds_once()
    {
        Assert.Empty(Missing(shared.Own, "/kafka/v3"));
        Assert.Empty(Missing(shared.Own, "/v3"));
        Assert.All(Rows.Values, row => Assert.NotNull(row.Failure));
        Assert.Equal(
            Rows.Values.Where(row => row.Success is not null).Select(row => row.Key).Order(StringComparer.Ordinal),
            shared.Own.Routes.Where(route => route.Template.StartsWith("/v3/", StringComparison.Ordinal))
                .Select(route => ContractOperation.KeyOf(route.Method, route.Template["/v3".Length..])).Order(StringComparer.Ordinal));
        Assert.Equal(Offered, Rows.Values.Count(row => row.Success is not null));
    }

    [Fact]
    public void Every_row_is_in_some_description()
    {
        Assert.SkipUnless(SpecFiles.Available, SpecFiles.Missing);

        Assert.All(Rows.Values, row => Assert.NotEmpty(shared.Descriptions(row)));
    }

    [Fact]
    public void The_gateways_own_document_is_read_strictly()
    {
        var topic = shared.Own.Routes.Single(route => (route.Method, route.Template) == ("GET", "/v3/clusters/{cluster_id}/topics/{topic_name}"));

        Assert.Contains(Violations(200, "{}"), violation => violation.Rule == SpecRule.Schema);
        Assert.Contains(Violations(200, """{"kind":7}"""), violation => violation.Text.StartsWith("kind", StringComparison.Ordinal));
        Assert.Contains(Violations(200, """{"colour":"red"}"""), violation => violation.Rule == SpecRule.UndeclaredMember);
        Assert.Contains(Violations(404, """{"error_code":"40403","message":"x"}"""), violation => violation.Rule == SpecRule.Schema);
        Assert.Contains(Violations(202, "{}"), violation => violation.Rule == SpecRule.Status);
        Assert.Contains(Violations(200, "<p>", "text/html"), violation => violation.Rule == SpecRule.MediaType);

        IReadOnlyList<SpecViolation> Violations(int status, string body, string mediaType = "application/json") =>
            SpecValidator.Validate(topic, new SpecExchange("GET", "/v3/clusters/c/topics/t", status, mediaType, body, new HashSet<string>()));
    }

    private static List<string> Missing(SpecDocument document, string prefix) =>
    [
        .. document.Routes.Where(route => prefix.Length == 0 || route.Template.StartsWith(prefix + "/", StringComparison.Ordinal))
            .Where(route => !Rows.ContainsKey(ContractOperation.KeyOf(route.Method, route.Template[prefix.Length..])))
            .Select(route => $"{route}: add a row to ContractTable"),
    ];
}
