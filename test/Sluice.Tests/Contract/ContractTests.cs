using System.Text;
using System.Text.Json;
using Sluice.Testing.Specs;

namespace Sluice.Tests.Contract;

/// <summary>
/// Walks every operation of Kafka REST in the OpenAPI files (<c>SLUICE_TEST_SPECS</c>) and in the gateway's own document, under both prefixes: a
/// request that succeeds and one that fails, each answer held against every description there is of it. The gateway's own is held to the letter.
/// </summary>
public abstract class ContractTests(ContractGateway shared)
{
    private static readonly string[] Prefixes = ["/kafka/v3", "/v3"];

    public static TheoryData<string> Operations => [.. ContractTable.All.Select(operation => $"{operation.Method} {operation.Template}")];

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task An_operation_answers_as_described(string operation)
    {
        var row = ContractTable.All.Single(one => $"{one.Method} {one.Template}" == operation);
        var world = shared.World;
        foreach (var prefix in Prefixes)
        {
            if (row.Success is { } success && success.With.All(value => !value.Value.StartsWith('$') || world.Has(value.Value[1..])))
            {
                await CheckAsync(world, row, success, prefix);
            }

            await CheckAsync(world, row, row.Failure!, prefix);
        }
    }

    private async Task CheckAsync(ContractWorld world, ContractOperation operation, ContractCase request, string prefix)
    {
        var path = prefix + await world.PathAsync(operation.Template, request);
        var body = request.Body is null ? null : await world.FillAsync(request.Body);
        using var message = await world.Gateway.RequestAsync(
            new HttpMethod(operation.Method), path, body is null ? null : new StringContent(body, Encoding.UTF8, "application/json"));
        if (request.Accept is { } accept)
        {
            message.Headers.Add("Accept", accept);
        }

        using var response = await world.Gateway.Http.SendAsync(message, TestContext.Current.CancellationToken);
        var exchange = await SpecExchange.FromAsync(response, TestContext.Current.CancellationToken);

        Assert.True(request.Status == exchange.Status, $"expected {request.Status}: {exchange}");
        Assert.Equal(exchange.Body.Length == 0 ? null : "application/json", exchange.MediaType);
        if (request.ErrorCode is { } code)
        {
            var error = JsonDocument.Parse(exchange.Body).RootElement;
            Assert.Equal(["error_code", "message"], error.EnumerateObject().Select(member => member.Name));
            Assert.True(code == error.GetProperty("error_code").GetInt32(), $"expected {code}: {exchange}");
        }

        foreach (var (document, route, isOurs) in shared.Descriptions(operation))
        {
            var violations = SpecValidator.Validate(route, exchange)
                .Where(violation => isOurs || !Deviations.All.Any(deviation => deviation.Covers(route, exchange, violation)))
                .Concat(isOurs ? RequestViolations(route, request, body) : [])
                .ToList();
            if (violations.Count > 0)
            {
                throw new SpecViolationException(document, route, exchange, violations);
            }
        }
    }

    /// <summary>What succeeds must be what the document says to send.</summary>
    private static IEnumerable<SpecViolation> RequestViolations(SpecRoute route, ContractCase request, string? body)
    {
        foreach (var name in request.Query.Split(['?', '&'], StringSplitOptions.RemoveEmptyEntries).Select(part => part.Split('=')[0]))
        {
            if (route.Operation.ActualParameters.All(parameter => parameter.Name != name))
            {
                yield return new SpecViolation(SpecRule.UndeclaredMember, name, $"the query parameter {name} is not in the document");
            }
        }

        if (request.ErrorCode is null && body is not null)
        {
            foreach (var violation in SpecValidator.ValidateRequest(route, "application/json", body))
            {
                yield return violation;
            }
        }
    }
}

/// <summary>The classes on one kind of cluster share its gateway.</summary>
[CollectionDefinition]
public sealed class ContractCollection : ICollectionFixture<EmbeddedContractGateway>;

[Collection<ContractCollection>]
public sealed class EmbeddedContractTests(EmbeddedContractGateway shared) : ContractTests(shared);

[CollectionDefinition]
public sealed class KafkaContractCollection : ICollectionFixture<KafkaContractGateway>;

[Collection<KafkaContractCollection>]
public sealed class KafkaContractTests(KafkaContractGateway shared) : ContractTests(shared);
