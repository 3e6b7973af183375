using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;

namespace Sluice.Identity.Tests.Samples;

/// <summary>One thing that a real identity provider issued, and the keys it published then.</summary>
internal sealed record Sample(
    string Provider, string Name, string Kind, string Issuer, DateTimeOffset ValidAt, string Token, IReadOnlyList<JsonNode> Keys)
{
    /// <summary>A DPoP proof for the token, made for this method and URL.</summary>
    public (string Method, Uri Url, string Proof)? Dpop { get; init; }

    /// <summary>The client certificate that the token is bound to, PEM.</summary>
    public string? Certificate { get; init; }

    public bool IsAccessToken => Kind == "access_token";

    /// <summary>The credentials of a request with everything that this sample comes with.</summary>
    public PresentedCredentials WithProofs(string pool)
    {
        var credentials = new PresentedCredentials($"{(Dpop is null ? "Bearer" : "DPoP")} {Token}", pool)
        {
            ClientCertificate = Certificate is null ? null : X509Certificate2.CreateFromPem(Certificate),
        };
        return Dpop is not var (method, url, proof)
            ? credentials
            : credentials with { DpopProof = proof, Method = method, Scheme = url.Scheme, Host = url.Authority, Path = url.AbsolutePath };
    }

    public override string ToString() => $"{Provider}/{Name}";

    /// <summary>The samples that lie beside these tests.</summary>
    public static IEnumerable<Sample> Ours()
    {
        foreach (var file in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Samples"), "*.json").Order(StringComparer.Ordinal))
        {
            var json = JsonNode.Parse(File.ReadAllText(file))!;
            foreach (var one in json["samples"]!.AsArray())
            {
                yield return From(
                    Path.GetFileNameWithoutExtension(file), Text(one!, "name")!, Text(json, "issuer")!, json["key_sets"]![Text(one!, "key_set")!]!, one!, one!["proof"], Text(one, "certificate"));
            }
        }
    }

    /// <summary>Samples in a directory as the set-up that records them writes it: a folder a provider, with <c>tokens/</c> and key sets.</summary>
    public static IEnumerable<Sample> In(string directory)
    {
        foreach (var file in Directory.GetFiles(directory, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var folder = Directory.GetParent(file)!;
            if (folder.Name != "tokens")
            {
                continue;
            }

            var one = JsonNode.Parse(File.ReadAllText(file))!;
            var provider = folder.Parent!;
            var discovery = JsonNode.Parse(File.ReadAllText(Path.Combine(provider.FullName, "discovery.json")))!;
            var keys = JsonNode.Parse(File.ReadAllText(Path.Combine(provider.FullName, Text(one, "jwks")!)))!;
            yield return From(
                provider.Name, Path.GetFileNameWithoutExtension(file), Text(discovery, "issuer")!, keys, one, one["resource_proof"], Text(one, "client_certificate_pem"));
        }
    }

    private static Sample From(string provider, string name, string issuer, JsonNode keys, JsonNode one, JsonNode? proof, string? certificate) => new(
        provider, name, Text(one, "kind")!, issuer, DateTimeOffset.FromUnixTimeSeconds((long)one["valid_at"]!), Text(one, "token")!,
        [.. keys["keys"]!.AsArray().Select(key => key!)])
    {
        Dpop = proof is null ? null : (Text(proof, "htm")!, new Uri(Text(proof, "htu")!), Text(proof, "dpop")!),
        Certificate = certificate,
    };

    private static string? Text(JsonNode json, string name) => (string?)json[name];
}
