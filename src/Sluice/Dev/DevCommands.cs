using System.Text;

namespace Sluice.Dev;

/// <summary>The commands that <c>sluice dev</c> prints: the three of the manual, and a produce.</summary>
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
                $"TOKEN=$(curl -s{ca} --request POST --url {info.OktaTokenUrl} --header 'authorization: Basic {basic}' "
                + $"--header 'content-type: application/x-www-form-urlencoded' --data 'grant_type=client_credentials&scope={info.Scope}' "
                + "| sed 's/.*\"access_token\": *\"\\([^\"]*\\)\".*/\\1/')"),
            ("Or the way Entra ID gives it",
                $"TOKEN=$(curl -s{ca} -X POST -H 'Content-Type: application/x-www-form-urlencoded' "
                + $"-d 'client_id={info.ClientId}&scope=api://{info.ClientId}/.default&client_secret={info.ClientSecret}&grant_type=client_credentials' "
                + $"{info.EntraTokenUrl} | sed 's/.*\"access_token\": *\"\\([^\"]*\\)\".*/\\1/')"),
            ("A topic", $"curl{ca} -X POST {headers} {topics} -d '{{\"topic_name\":\"topic-2\"}}'"),
            ("A record", $"curl{ca} -X POST {headers} {topics}/topic-2/records -d '{{\"value\":{{\"type\":\"JSON\",\"data\":{{\"hello\":\"world\"}}}}}}'"),
        ];
    }

    private static string Quote(string path) => $"'{path.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
