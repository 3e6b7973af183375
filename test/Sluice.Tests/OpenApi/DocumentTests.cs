using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using Sluice.Dev.IdentityProvider;
using Sluice.OpenApi;

namespace Sluice.Tests.OpenApi;

/// <summary>The gateway's own OpenAPI document: complete and correct.</summary>
public sealed class DocumentTests(Rest.V3.GatewayFixture fixture) : IClassFixture<Rest.V3.GatewayFixture>
{
    private static readonly string[] NotForClients = ["/links", "/brokers", "/remove-broker-tasks", "/balancer", "/broker-replica-exclusions", "/topics", "/cells"];

    [Fact]
    public async Task Every_route_of_dev_is_in_the_document_with_its_method() => AssertDescribed(Endpoints(fixture.Gateway.Services), await DocumentAsync());

    [Fact]
    public async Task Every_route_of_serve_is_in_its_document_and_only_what_no_client_can_use_is_left_out()
    {
        await using var serve = await Testing.ServeHost.StartAsync(
            "Clusters:0:Kind=Embedded", "Clusters:0:ClusterId=lkc-local",
            "Clusters:1:ClusterId=lkc-minted", "Clusters:1:Client:bootstrap.servers=127.0.0.1:1", "Clusters:1:Client:security.protocol=SASL_PLAINTEXT",
            "Clusters:1:BrokerIdentity=Minted", "Sluice:TokenSigning:Issuer=http://sluice.test", "Sluice:TokenSigning:Audience=kafka");
        var document = JsonDocument.Parse((await serve.GetAsync("/openapi.json")).Body).RootElement;

        AssertDescribed(Endpoints(serve.Services), document);
        Assert.Empty(LeftOut(Endpoints(serve.Services)));
        Assert.Contains(Routes.Of(Endpoints(serve.Services)), route => route.Path.Contains("broker-keys", StringComparison.Ordinal));
    }

    private static void AssertDescribed(IEnumerable<Microsoft.AspNetCore.Http.Endpoint> endpoints, JsonElement document)
    {
        var paths = document.GetProperty("paths");
        var missing = Routes.Of(endpoints)
            .Where(route => !paths.TryGetProperty(route.Path, out var item) || !item.TryGetProperty(route.Method.ToLowerInvariant(), out _))
            .Select(route => $"{route.Method} {route.Path}")
            .Distinct()
            .ToList();

        Assert.True(missing.Count == 0, $"Add to Sluice/OpenApi/Operations: {string.Join(", ", missing)}");
        Assert.NotEmpty(paths.EnumerateObject());
    }

    [Fact]
    public void Only_what_no_client_can_use_is_left_out() => Assert.Empty(LeftOut(Endpoints(fixture.Gateway.Services)));

    private static IEnumerable<string> LeftOut(IEnumerable<Microsoft.AspNetCore.Http.Endpoint> endpoints) =>
        endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<IExcludeFromDescriptionMetadata>()?.ExcludeFromDescription is true)
            .Where(endpoint => endpoint.Metadata.GetMetadata<IssuerEndpoint>() is null) // the development identity provider: discovery describes it
            .Select(endpoint => "/" + endpoint.RoutePattern.RawText!.TrimStart('/'))
            .Where(path => !path.StartsWith("/docs", StringComparison.Ordinal) // the page that shows the document
                && !path.Contains("/cmk/v2/clusters", StringComparison.Ordinal) // clusters are configured: their creation is always refused
                && !NotForClients.Any(refused => path.Contains("/clusters/{cluster_id}" + refused, StringComparison.Ordinal)));

    [Theory]
    [InlineData("/docs/")]
    [InlineData("/openapi.json")]
    [InlineData("/healthz")]
    [InlineData("/kafka/v3/clusters/lkc-dev/topics")]
    [InlineData("/kafka/v3/clusters/lkc-dev/topics/no-such-topic")]
    [InlineData("/kafka/v3/clusters/lkc-dev/links")]
    [InlineData("/iam/v2/identity-providers")]
    [InlineData("/no-such-path")]
    public async Task HEAD_answers_as_GET_does_without_the_body(string path)
    {
        using var get = await fixture.Gateway.RequestAsync(HttpMethod.Get, path);
        using var head = await fixture.Gateway.RequestAsync(HttpMethod.Head, path);
        using var whole = await fixture.Gateway.Http.SendAsync(get, TestContext.Current.CancellationToken);
        using var answer = await fixture.Gateway.Http.SendAsync(head, TestContext.Current.CancellationToken);

        Assert.Equal(whole.StatusCode, answer.StatusCode);
        Assert.Equal(whole.Content.Headers.ContentType, answer.Content.Headers.ContentType);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Kafka_comes_first_and_the_CLIs_own_paths_last()
    {
        var tags = (await DocumentAsync()).GetProperty("tags").EnumerateArray().Select(tag => tag.GetProperty("name").GetString()!).ToList();
        string[] order = ["Kafka REST", "Control plane", "Gateway", "Confluent CLI"];

        Assert.Equal("Kafka REST: clusters", tags[0]);
        Assert.Equal(tags.OrderBy(tag => Array.IndexOf(order, tag.Split(':')[0])), tags);
        Assert.Equal(tags.Distinct(), tags);
    }

    [Fact]
    public async Task It_is_openapi_3_1_without_errors()
    {
        var bytes = Encoding.UTF8.GetBytes(await TextAsync());

        var (document, diagnostic) = await OpenApiDocument.LoadAsync(new MemoryStream(bytes), "json", cancellationToken: TestContext.Current.CancellationToken);

        Assert.NotNull(document);
        Assert.Equal(OpenApiSpecVersion.OpenApi3_1, diagnostic!.SpecificationVersion);
        Assert.Empty(diagnostic.Errors);
        var problems = document.Validate(ValidationRuleSet.GetDefaultRuleSet());
        Assert.Empty(problems);
    }

    [Fact]
    public async Task Every_operation_has_words_errors_and_examples_and_an_id_of_its_own()
    {
        var document = await DocumentAsync();
        var ids = new HashSet<string>();
        foreach (var ((method, path), operation) in Operations(document))
        {
            var where = $"{method} {path}";
            Assert.True(ids.Add(operation.GetProperty("operationId").GetString()!), $"{where}: the operationId is another's too.");
            Assert.False(string.IsNullOrWhiteSpace(operation.GetProperty("summary").GetString()), where);
            if (operation.TryGetProperty("requestBody", out var body))
            {
                Assert.All(body.GetProperty("content").EnumerateObject(), content => Assert.True(content.Value.TryGetProperty("example", out _), where));
            }

            var responses = operation.GetProperty("responses").EnumerateObject().ToList();
            Assert.Contains(responses, response => response.Name[0] == '2');
            Assert.All(
                responses.Where(response => response.Value.TryGetProperty("content", out _)).SelectMany(response => response.Value.GetProperty("content").EnumerateObject()),
                content => Assert.True(content.Value.TryGetProperty("schema", out _), where));
            if (operation.GetProperty("security").GetArrayLength() > 0)
            {
                Assert.Contains(responses, response => response.Name == "401");
                Assert.Contains(responses, response => response.Name == "403");
            }
        }
    }

    [Fact]
    public async Task Every_example_fits_its_schema()
    {
        var text = await TextAsync();
        var spec = Testing.Specs.SpecDocument.Parse("openapi.json", text);
        var checkedExamples = 0;
        foreach (var (where, operation) in Operations(JsonDocument.Parse(text).RootElement))
        {
            foreach (var response in operation.GetProperty("responses").EnumerateObject().Where(response => response.Value.TryGetProperty("content", out _)))
            {
                foreach (var content in response.Value.GetProperty("content").EnumerateObject().Where(content => content.Value.TryGetProperty("example", out _)))
                {
                    var (method, path) = where;
                    var exchange = new Testing.Specs.SpecExchange(
                        method, path, int.Parse(response.Name), content.Name, content.Value.GetProperty("example").GetRawText(), new HashSet<string>());
                    var route = spec.Routes.Single(route => route.Method == method && route.Template == path);
                    var violations = Testing.Specs.SpecValidator.Validate(route, exchange);
                    Assert.True(violations.Count == 0, $"{where} {response.Name}: {string.Join("; ", violations)} in {exchange.Body}");
                    checkedExamples++;
                }
            }
        }

        Assert.True(checkedExamples > 100, $"{checkedExamples} examples.");
    }

    [Fact]
    public async Task Both_ways_to_show_who_calls_are_described()
    {
        var document = await DocumentAsync();
        var schemes = document.GetProperty("components").GetProperty("securitySchemes");
        Assert.Equal(["basic", "bearer", null], schemes.EnumerateObject().Select(scheme => scheme.Value.TryGetProperty("scheme", out var kind) ? kind.GetString() : null));
        Assert.Equal("Confluent-Identity-Pool-Id", schemes.GetProperty("identity-pool").GetProperty("name").GetString());

        var topics = document.GetProperty("paths").GetProperty("/kafka/v3/clusters/{cluster_id}/topics").GetProperty("get").GetProperty("security");
        Assert.Equal(
            ["resource-key", "token+identity-pool", "token"],
            topics.EnumerateArray().Select(option => string.Join('+', option.EnumerateObject().Select(scheme => scheme.Name))));
    }

    [Fact]
    public async Task The_document_and_its_page_are_for_everybody_and_name_no_other_host()
    {
        foreach (var path in (string[])["/openapi.json", "/docs"])
        {
            using var response = await fixture.Gateway.Http.GetAsync(path, TestContext.Current.CancellationToken);
            if ((int)response.StatusCode is 301 or 302 or 307 or 308)
            {
                Assert.StartsWith("docs", response.Headers.Location!.ToString().TrimStart('/'), StringComparison.Ordinal);
                continue;
            }

            Assert.Equal(200, (int)response.StatusCode);
        }

        using var page = await fixture.Gateway.Http.GetAsync("/docs/", TestContext.Current.CancellationToken);
        var html = await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal("text/html", page.Content.Headers.ContentType!.MediaType);
        Assert.Contains("/openapi.json", html.Replace("openapi.json", "/openapi.json", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("https://", html, StringComparison.Ordinal);
        foreach (var script in System.Text.RegularExpressions.Regex.Matches(html, "src=\"([^\"]+)\"").Select(match => match.Groups[1].Value))
        {
            using var served = await fixture.Gateway.Http.GetAsync(new Uri(new Uri(fixture.Gateway.Http.BaseAddress!, "/docs/"), script), TestContext.Current.CancellationToken);
            Assert.Equal(200, (int)served.StatusCode);
        }
    }

    private static IEnumerable<Microsoft.AspNetCore.Http.Endpoint> Endpoints(IServiceProvider services) =>
        services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints);

    private async Task<string> TextAsync()
    {
        using var response = await fixture.Gateway.Http.GetAsync("/openapi.json", TestContext.Current.CancellationToken);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    private async Task<JsonElement> DocumentAsync() => JsonDocument.Parse(await TextAsync()).RootElement;

    private static IEnumerable<((string Method, string Path) Where, JsonElement Operation)> Operations(JsonElement document) =>
        from path in document.GetProperty("paths").EnumerateObject()
        from operation in path.Value.EnumerateObject()
        select ((operation.Name.ToUpperInvariant(), path.Name), operation.Value);
}
