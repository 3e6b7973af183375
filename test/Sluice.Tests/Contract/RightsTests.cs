using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.Kafka.Acls;
using Sluice.Rest.V3;
using Sluice.Testing;

namespace Sluice.Tests.Contract;

/// <summary>
/// Every operation with a caller that has nothing, one that has everything but the right that <see cref="Rights"/> names, and one that has this right alone.
/// </summary>
[Collection<ContractCollection>]
public sealed class RightsTests(EmbeddedContractGateway shared)
{
    public static TheoryData<string> GroupOperations =>
        [.. ContractTable.All.Where(operation => operation.Success is not null && operation.Template.Contains("-groups", StringComparison.Ordinal)).Select(operation => $"{operation.Method} {operation.Template}")];

    public static TheoryData<string> Operations =>
        [.. ContractTable.All.Where(operation => operation.Success is not null).Select(operation => $"{operation.Method} {operation.Template}")];

    [Fact]
    public void Every_operation_that_is_offered_has_its_line() =>
        Assert.Equal(
            ContractTable.All.Where(operation => operation.Success is not null).Select(operation => operation.Key).Distinct().Order(StringComparer.Ordinal),
            Rights.All.Select(line => line.Operation.Split(' ', 2)).Select(line => ContractOperation.KeyOf(line[0], line[1])).Distinct().Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task An_operation_needs_the_right_that_its_line_names_and_no_other(string operation)
    {
        var row = ContractTable.All.Single(one => $"{one.Method} {one.Template}" == operation);
        var right = Rights.All.Single(line => line.Operation.Split(' ', 2) is var parts && ContractOperation.KeyOf(parts[0], parts[1]) == row.Key).Right;
        var nobody = await CallerAsync();
        var allButIt = await CallerAsync();
        await AllowAsync(allButIt, AclOperation.All, AclResourceType.Topic, AclResourceType.Group, AclResourceType.Cluster);
        await DenyAsync(allButIt, right);
        var itAlone = await CallerAsync();
        await AllowAsync(itAlone, right);

        var asNobody = await SendAsync(row, nobody);
        var asAllButIt = await SendAsync(row, allButIt);
        var asItAlone = await SendAsync(row, itAlone);

        Assert.True(asItAlone.Status == row.Success!.Status && !IsRefused(asItAlone), $"with it: {asItAlone.Status} {asItAlone.Body}");
        if (right.Operation is null)
        {
            Assert.Equal(row.Success.Status, asNobody.Status);
        }
        else if (right.IsFiltered)
        {
            Assert.Equal((200, 0), (asNobody.Status, Count(asNobody)));
            Assert.Equal((200, 0), (asAllButIt.Status, Count(asAllButIt)));
        }
        else
        {
            AssertRefused(asNobody);
            AssertRefused(asAllButIt);
        }
    }

    [Theory]
    [MemberData(nameof(GroupOperations))]
    public async Task An_answer_about_a_group_shows_no_topic_that_the_caller_may_not_describe(string operation)
    {
        var row = ContractTable.All.Single(one => $"{one.Method} {one.Template}" == operation);
        var caller = await CallerAsync();
        await AllowAsync(caller, AclOperation.Describe, AclResourceType.Group);

        var answer = await SendAsync(row, caller);

        Assert.True(answer.Status is 200 or 404, answer.Body);
        Assert.DoesNotContain($"topic_name\":\"{await shared.World.FillAsync("$topic_name")}", answer.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("source_topics\":[\"", answer.Body, StringComparison.Ordinal);
    }

    private static void AssertRefused(Answer answer) => Assert.True(IsRefused(answer), $"{answer.Status} {answer.Body}");

    /// <summary>Whether 40301 is said: by the answer, by the report of the first record, by the first failure of a batch.</summary>
    private static bool IsRefused(Answer answer)
    {
        if (answer.Body.Length == 0)
        {
            return false;
        }

        using var first = JsonDocument.Parse(answer.Body.Split("\r\n")[0]);
        var report = answer.Status == 207 && first.RootElement.TryGetProperty("failures", out var failures) && failures.GetArrayLength() > 0 ? failures[0] : first.RootElement;
        return report.TryGetProperty("error_code", out var code) && code.GetInt32() == 40301;
    }

    private static int Count(Answer answer) => answer.Json.GetProperty("data").GetArrayLength();

    /// <summary>A service account with nothing, and a key of its.</summary>
    private async Task<(string Principal, AuthenticationHeaderValue Key)> CallerAsync()
    {
        var account = await AdministerAsync("/iam/v2/service-accounts", new JsonObject { ["display_name"] = $"sa-{Guid.NewGuid():N}", ["description"] = "" });
        var id = account.GetProperty("id").GetString()!;
        var key = await AdministerAsync("/iam/v2/api-keys", new JsonObject
        {
            ["spec"] = new JsonObject
            {
                ["display_name"] = "k",
                ["owner"] = new JsonObject { ["id"] = id },
                ["resource"] = new JsonObject { ["id"] = shared.World.Gateway.Info.ClusterId },
            },
        });
        return ($"User:{id}", GatewayHost.Basic(key.GetProperty("id").GetString()!, key.GetProperty("spec").GetProperty("secret").GetString()!));
    }

    private async Task<JsonElement> AdministerAsync(string path, JsonNode body)
    {
        var gateway = shared.World.Gateway;
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json") };
        request.Headers.Authorization = GatewayHost.Basic(gateway.Info.ApiKey, gateway.Info.ApiSecret);
        var answer = await gateway.SendAsync(request);
        Assert.True(answer.Status is 201 or 202, answer.Body);
        return answer.Json;
    }

    private async Task<Answer> SendAsync(ContractOperation operation, (string Principal, AuthenticationHeaderValue Key) caller)
    {
        var body = operation.Success!.Body is { } text ? await shared.World.FillAsync(text) : null;
        using var request = new HttpRequestMessage(new HttpMethod(operation.Method), "/kafka/v3" + await shared.World.PathAsync(operation.Template, operation.Success));
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        request.Headers.Authorization = caller.Key;
        return await shared.World.Gateway.SendAsync(request);
    }

    private Task AllowAsync((string Principal, AuthenticationHeaderValue Key) caller, AclOperation operation, params AclResourceType[] types) =>
        EachAsync(types, type => AclAsync(caller.Principal, "ALLOW", operation, type));

    private async Task AllowAsync((string Principal, AuthenticationHeaderValue Key) caller, NeededRight right)
    {
        if (right.Operation is not { } operation)
        {
            // Some right, whichever.
            await AllowAsync(caller, AclOperation.Describe, AclResourceType.Group);
            return;
        }

        await AllowAsync(caller, operation, right.ResourceType);
        if (right.IsAndOnTopic || right.HidesTopics)
        {
            await AllowAsync(caller, AclOperation.Describe, AclResourceType.Topic);
        }
    }

    private async Task DenyAsync((string Principal, AuthenticationHeaderValue Key) caller, NeededRight right)
    {
        if (right.Operation is { } operation)
        {
            await AclAsync(caller.Principal, "DENY", operation, right.ResourceType);
            if (right.IsOrOnCluster)
            {
                await AclAsync(caller.Principal, "DENY", operation, AclResourceType.Cluster);
            }
        }
    }

    private static async Task EachAsync<T>(IEnumerable<T> all, Func<T, Task> act)
    {
        foreach (var one in all)
        {
            await act(one);
        }
    }

    private async Task AclAsync(string principal, string permission, AclOperation operation, AclResourceType type)
    {
        var name = type == AclResourceType.Cluster ? "kafka-cluster" : "*";
        var made = await shared.World.Gateway.PostAsync(
            $"{shared.World.Gateway.Cluster}/acls",
            $$"""{"resource_type":"{{AclNames.ResourceTypes.Name(type)}}","resource_name":"{{name}}","pattern_type":"LITERAL","principal":"{{principal}}","host":"*","operation":"{{AclNames.Operation(operation)}}","permission":"{{permission}}"}""");
        Assert.True(made.Status == 201, made.Body);
    }
}
