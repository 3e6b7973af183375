using System.Text.Json;
using Sluice.Cli.Output;
using Sluice.Explain;
using Spectre.Console;

namespace Sluice.Cli.Tokens;

/// <summary>Draws an explanation as a tree: verdict, issuer, checks, pools with what decided them, principals, decision.</summary>
internal sealed class ExplanationTree(CommandIo io)
{
    public void Write(JsonElement explanation)
    {
        var accepted = explanation.GetProperty("accepted").GetBoolean();
        Line(0, accepted ? "green" : "red", accepted ? "accepted" : "refused", accepted ? "" : Refusal(explanation));
        Issuer(explanation);
        Line(0, "bold", "checks", "");
        foreach (var check in Members(explanation, "checks"))
        {
            var (colour, mark) = JsonPointer.Text(check, "/outcome") switch
            {
                "passed" => ("green", "ok"),
                "failed" => ("red", "NO"),
                _ => ("grey", "--"),
            };
            Line(1, colour, mark, $"{JsonPointer.Text(check, "/check"),-10} {JsonPointer.Text(check, "/detail")}");
        }

        Pools(explanation);
        foreach (var principal in Members(explanation, "principals"))
        {
            Line(0, "bold", "acts as", JsonPointer.Text(principal, ""));
        }

        if (JsonPointer.Text(explanation, "/identity/value") is { Length: > 0 } identity)
        {
            Line(0, "bold", "identity", $"{identity} ({JsonPointer.Text(explanation, "/identity/claim")} of the {JsonPointer.Text(explanation, "/identity/source")})");
        }

        if (JsonPointer.Text(explanation, "/expires_at") is { Length: > 0 } expires)
        {
            Line(0, "bold", "until", expires);
        }

        foreach (var proof in Members(explanation, "proofs"))
        {
            Line(0, "yellow", "needs", $"{JsonPointer.Text(proof, "")} with every request");
        }

        if (explanation.TryGetProperty("access", out var access))
        {
            var (colour, word) = JsonPointer.Text(access, "/decision") switch
            {
                AccessDecision.Allow => ("green", "allowed"),
                AccessDecision.Deny => ("red", "denied"),
                _ => ("yellow", "undecided"),
            };
            var what = $"{JsonPointer.Text(access, "/operation")} on {JsonPointer.Text(access, "/resource_type")} {JsonPointer.Text(access, "/resource_name")}".TrimEnd();
            Line(0, colour, word, $"{what}: {JsonPointer.Text(access, "/reason")}");
        }
    }

    private static string Refusal(JsonElement explanation) =>
        $"{JsonPointer.Text(explanation, "/refusal/status")} {JsonPointer.Text(explanation, "/refusal/message")} [{JsonPointer.Text(explanation, "/refusal/rule")}] "
        + JsonPointer.Text(explanation, "/refusal/detail");

    private static JsonElement.ArrayEnumerator Members(JsonElement explanation, string name) =>
        explanation.TryGetProperty(name, out var array) && array.ValueKind == JsonValueKind.Array ? array.EnumerateArray() : default;

    private void Issuer(JsonElement explanation)
    {
        var provider = JsonPointer.Text(explanation, "/provider/id");
        var issuer = JsonPointer.Text(explanation, "/issuer");
        Line(0, "bold", "issuer", issuer.Length == 0 ? "none" : provider.Length > 0
            ? $"{issuer}, provider {provider} ({JsonPointer.Text(explanation, "/provider/display_name")})"
            : $"{issuer}, of no provider");
        foreach (var candidate in Members(explanation, "issuer_candidates"))
        {
            Line(1, "yellow", "near", $"{JsonPointer.Text(candidate, "/provider_id")} {JsonPointer.Text(candidate, "/issuer")}: {JsonPointer.Text(candidate, "/difference")}");
        }
    }

    private void Pools(JsonElement explanation)
    {
        foreach (var pool in Members(explanation, "pools"))
        {
            var match = JsonPointer.Text(pool, "/match") == "true";
            var name = JsonPointer.Text(pool, "/display_name");
            Line(0, match ? "green" : "yellow", "pool", $"{JsonPointer.Text(pool, "/id")}{(name.Length > 0 ? $" ({name})" : "")}: {JsonPointer.Text(pool, "/detail")}");
            if (JsonPointer.Text(pool, "/filter") is { Length: > 0 } filter)
            {
                // Not evaluated for a token that was exchanged for this pool before.
                var value = JsonPointer.Text(pool, "/value");
                Line(1, "grey", "filter", value.Length > 0 ? $"{filter} = {value}" : filter);
            }

            if (JsonPointer.Text(pool, "/warning") is { Length: > 0 } warning)
            {
                Line(1, "yellow", "note", warning);
            }

            foreach (var part in Members(pool, "decided_by"))
            {
                var detail = JsonPointer.Text(part, "/detail");
                Line(2, "grey", "decided by", $"{JsonPointer.Text(part, "/expression")} = {JsonPointer.Text(part, "/value")}{(detail.Length > 0 ? $": {detail}" : "")}");
            }
        }
    }

    // The text goes straight to the writer: a filter that was wrapped could not be copied, and what a token says is no markup.
    private void Line(int depth, string style, string label, string text)
    {
        io.Out.Write(new string(' ', depth * 2));
        io.Console.Markup($"[{style}]{label.PadRight(depth == 0 ? 9 : 2)}[/]");
        io.Out.WriteLine(text.Length > 0 ? $" {string.Join(' ', text.ReplaceLineEndings("\n").Split('\n').Select(PrintableText.Of))}" : "");
    }
}
