using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Sluice.Testing;

namespace Sluice.Tests.Dev;

/// <summary>The source document's three commands, host changed, with the real curl against a real <c>sluice dev</c> process.</summary>
public sealed class ThreeCommandsTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_token_of_either_shape_creates_a_topic_and_produces_a_record(bool entra)
    {
        await using var sluice = await SluiceProcess.StartAsync();
        var dev = sluice.Info;
        var basic = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{dev.ClientId}:{dev.ClientSecret}"));

        var answer = entra
            ? await CurlAsync(
                "-X", "POST", "-H", "Content-Type: application/x-www-form-urlencoded",
                "-d", $"client_id={dev.ClientId}&scope=api://{dev.ClientId}/.default&client_secret={dev.ClientSecret}&grant_type=client_credentials",
                dev.EntraTokenUrl)
            : await CurlAsync(
                "--request", "POST", "--url", dev.OktaTokenUrl, "--header", "accept: application/json", "--header", $"authorization: Basic {basic}",
                "--header", "cache-control: no-cache", "--header", "content-type: application/x-www-form-urlencoded",
                "--data", $"grant_type=client_credentials&scope={dev.Scope}");
        var token = JsonDocument.Parse(answer).RootElement.GetProperty("access_token").GetString();
        string[] headers =
        [
            "-X", "POST", "-H", "Content-Type: application/json", "-H", $"Authorization: Bearer {token}", "-H", $"Confluent-Identity-Pool-Id: {dev.PoolId}",
        ];
        var topics = $"{dev.Url}/kafka/v3/clusters/{dev.ClusterId}/topics";

        var created = await CurlAsync([.. headers, "-w", "%{http_code}", topics, "-d", """{"topic_name":"topic-2"}"""]);
        var produced = await CurlAsync([.. headers, $"{topics}/topic-2/records", "-d", """{"value":{"type":"JSON","data":{"a":1}}}"""]);

        Assert.EndsWith("201", created, StringComparison.Ordinal);
        Assert.Equal(200, JsonDocument.Parse(produced).RootElement.GetProperty("error_code").GetInt32());
    }

    [Fact]
    public async Task With_tls_the_named_CA_file_is_all_that_curl_needs()
    {
        await using var sluice = await SluiceProcess.StartAsync(data: null, "--tls", "--urls", "https://127.0.0.1:0");

        var answer = await CurlAsync(
            "--cacert", sluice.Info.CaFile!, "-u", $"{sluice.Info.ApiKey}:{sluice.Info.ApiSecret}", $"{sluice.Info.Url}/kafka/v3/clusters/{sluice.Info.ClusterId}");
        var token = JsonDocument.Parse(await CurlAsync(
            "--cacert", sluice.Info.CaFile!, "-u", $"{sluice.Info.ClientId}:{sluice.Info.ClientSecret}", "-d", "grant_type=client_credentials", sluice.Info.OktaTokenUrl))
            .RootElement.GetProperty("access_token").GetString();
        var topics = await CurlAsync(
            "--cacert", sluice.Info.CaFile!, "-H", $"Authorization: Bearer {token}", $"{sluice.Info.Url}/kafka/v3/clusters/{sluice.Info.ClusterId}/topics");

        Assert.Equal("KafkaTopicList", JsonDocument.Parse(topics).RootElement.GetProperty("kind").GetString());
        Assert.Equal("KafkaCluster", JsonDocument.Parse(answer).RootElement.GetProperty("kind").GetString());
    }

    [Theory]
    [InlineData("http://0.0.0.0:8082")]
    [InlineData("http://192.0.2.1:8082")]
    [InlineData("http://example.com:8082")]
    [InlineData("not a url")]
    [InlineData("https://127.0.0.1:8082")]
    public async Task Dev_refuses_to_listen_on(string url)
    {
        var (exitCode, output, error) = await SluiceProcess.RunAsync("dev", "--urls", url, "--data", Path.Combine(Path.GetTempPath(), "sluice-never"));

        Assert.Equal(1, exitCode);
        Assert.Empty(output);
        Assert.Contains("--urls", error, StringComparison.Ordinal);
    }

    private static async Task<string> CurlAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("curl") { UseShellExecute = false, RedirectStandardOutput = true };
        foreach (var argument in (string[])["-sS", .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("Install curl to run this test");
            throw;
        }

        using (process)
        {
            var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            return output;
        }
    }
}
