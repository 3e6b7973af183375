using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Sluice.Testing;

namespace Sluice.Tests.ControlPlane.Clients;

/// <summary>Sends what a real client was seen to send, and is as easily upset by an answer.</summary>
internal sealed partial class RecordedClient(HttpClient http, AuthenticationHeaderValue? authorization, string userAgent)
{
    public const string TerraformAgent =
        "Terraform/1.11.4 (+https://www.terraform.io) Terraform-Plugin-SDK/2.10.1 terraform-provider-confluent/2.83.3 (https://confluent.cloud; support@confluent.io)";

    public static RecordedClient Terraform(GatewayHost gateway, string key, string secret) =>
        new(gateway.Http, GatewayHost.Basic(key, secret), TerraformAgent);

    /// <summary>For Kafka REST, where it is another than for the control plane: the external token and the pool that its holder acts as.</summary>
    public (string Token, string Pool)? Kafka { get; init; }

    /// <summary>Sends and wants a status below 300.</summary>
    public async Task<JsonElement> DoAsync(string method, string path, string? body = null)
    {
        var answer = await SendAsync(method, path, body);
        Assert.True(answer.Status < 300, $"{method} {path} answered {answer.Status}: {answer.Body}");
        return answer.Body.Length == 0 ? default : answer.Json;
    }

    public async Task<Answer> SendAsync(string method, string path, string? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Authorization = authorization;
        if (Kafka is var (token, pool) && path.Contains("/kafka/v3/", StringComparison.Ordinal))
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            request.Headers.Add("Confluent-Identity-Pool-Id", pool);
        }

        request.Headers.Accept.ParseAdd("application/json");
        request.Headers.TryAddWithoutValidation("User-Agent", userAgent);
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        var answer = await Answer.FromAsync(response);
        if (answer.Body.Length > 0)
        {
            Assert.Matches(Decodable(), answer.ContentHeaders.ContentType!.MediaType!);
            AssertNoNullLinks(answer.Json);
        }

        return answer;
    }

    // "next": null crashes Terraform's provider; Kafka REST's lists have it, and are not followed.
    private static void AssertNoNullLinks(JsonElement body)
    {
        if (body.ValueKind == JsonValueKind.Object && body.TryGetProperty("api_version", out _)
            && body.TryGetProperty("metadata", out var metadata) && metadata.ValueKind == JsonValueKind.Object)
        {
            Assert.All(metadata.EnumerateObject(), member => Assert.NotEqual(JsonValueKind.Null, member.Value.ValueKind));
        }
    }

    [GeneratedRegex("^(application|text)/(vnd.*\\+)?json$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Decodable();
}
