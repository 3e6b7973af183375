using System.Net.Http.Headers;
using System.Text.Json;

namespace Sluice.Testing;

/// <summary>A response, whole.</summary>
public sealed record Answer(int Status, string Body, HttpResponseHeaders Headers, HttpContentHeaders ContentHeaders)
{
    /// <summary>The body as JSON.</summary>
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    /// <summary>The body as concatenated JSON: one element for each line.</summary>
    public IReadOnlyList<JsonElement> Lines =>
        [.. Body.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];

    /// <summary>Of an error body.</summary>
    public int ErrorCode => Json.GetProperty("error_code").GetInt32();

    public string Message => Json.GetProperty("message").GetString() ?? "";

    /// <summary>Told of every refusal, so that a test that fails can show what it was answered.</summary>
    public static Action<string>? Refused { get; set; }

    public static async Task<Answer> FromAsync(HttpResponseMessage response)
    {
        var answer = new Answer((int)response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers, response.Content.Headers);
        if (answer.Status >= 400)
        {
            Refused?.Invoke($"{response.RequestMessage?.Method} {response.RequestMessage?.RequestUri} answered {answer.Status} {answer.Body[..Math.Min(answer.Body.Length, 500)]}");
        }

        return answer;
    }
}
