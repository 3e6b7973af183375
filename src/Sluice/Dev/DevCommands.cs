using System.Text;

namespace Sluice.Dev;

/// <summary>The commands that <c>sluice dev</c> prints: the three of the manual, a produce, and what Sluice itself can do there.</summary>
internal static class DevCommands
{
    public static IReadOnlyList<(string Title, string Command)> For(DevInfo info)
    {
        var ca = info.CaFile is null ? "" : $" --cacert {Quote(info.CaFile)}";
        var basic = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{info.ClientId}:{info.ClientSecret}"));
        var topics = $"{info.Url}/kafka/v3/clusters/{info.ClusterId}/topics";
        var headers = $"-H \"Content-Type: application/json\" -H \"Authorization: Bearer $TOKEN\" -H \"Confluent-Identity-Pool-Id: {info.PoolId}\"";
        return
        [
            ("A token, the way Okta gives it",
                $"TOKEN=$(curl -sS{ca} --request POST --url {info.OktaTokenUrl} --header 'authorization: Basic {basic}' "
                + $"--header 'content-type: application/x-www-form-urlencoded' --data 'grant_type=client_credentials&scope={info.Scope}' "
                + "| sed 's/.*\"access_token\": *\"\\([^\"]*\\)\".*/\\1/')"),
            ("Or the way Entra ID gives it",
                $"TOKEN=$(curl -sS{ca} -X POST -H 'Content-Type: application/x-www-form-urlencoded' "
                + $"-d 'client_id={info.ClientId}&scope=api://{info.ClientId}/.default&client_secret={info.ClientSecret}&grant_type=client_credentials' "
                + $"{info.EntraTokenUrl} | sed 's/.*\"access_token\": *\"\\([^\"]*\\)\".*/\\1/')"),
            ("A topic", $"curl -sS{ca} -X POST {headers} {topics} -d '{{\"topic_name\":\"topic-2\"}}'"),
            ("A record", $"curl -sS{ca} -X POST {headers} {topics}/topic-2/records -d '{{\"value\":{{\"type\":\"JSON\",\"data\":{{\"hello\":\"world\"}}}}}}'"),
        ];
    }

    /// <param name="info">The gateway.</param>
    /// <param name="program">How Sluice is called.</param>
    public static IReadOnlyList<(string Title, string Command)> OfSluice(DevInfo info, string program)
    {
        var ca = info.CaFile is null ? "" : $" --ca-file {Quote(info.CaFile)}";
        return
        [
            ("Administer it: log in, then `provider`, `pool`, `key`, …",
                $"printf %s {info.ApiSecret} | {program} login --url {info.Url} --api-key {info.ApiKey} --api-secret-stdin{ca}"),
            ("All of this by itself, and how fast it is", $"{program} demo --url {info.Url}{ca}"),
        ];
    }

    private static string Quote(string path) => $"'{path.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
