using System.Text.Json;
using Sluice.Identity.Tokens;

namespace Sluice.Identity.Pools;

/// <summary>
/// An identity claim: <c>claims.sub</c>, <c>claims.a.b</c>, <c>claims["https://example.com/id"]</c>; a bare name stands for <c>claims.&lt;name&gt;</c>.
/// </summary>
public sealed class ClaimPath
{
    private readonly string[] _members;

    private ClaimPath(string text, string[] members)
    {
        Text = text;
        _members = members;
    }

    /// <summary>What names a caller when nothing else is configured.</summary>
    public static ClaimPath Subject { get; } = new("claims.sub", ["sub"]);

    /// <summary>It reads <c>sub</c>, however it is written.</summary>
    public bool IsSubject => _members is ["sub"];

    /// <summary>As it was written.</summary>
    public string Text { get; }

    /// <summary>Null when <paramref name="text"/> is no path.</summary>
    public static ClaimPath? Parse(string text)
    {
        var members = new List<string>();
        var rest = text.AsSpan().Trim();
        if (!TakeName(ref rest, out var first))
        {
            return null;
        }

        if (!first.Equals("claims", StringComparison.Ordinal))
        {
            return rest.IsEmpty ? new ClaimPath(text, [first]) : null;
        }

        while (!rest.IsEmpty)
        {
            var found = rest[0] switch
            {
                '.' => TakeMember(ref rest, out var name) ? name : null,
                '[' => TakeIndex(ref rest, out var name) ? name : null,
                _ => null,
            };
            if (found is null)
            {
                return null;
            }

            members.Add(found);
        }

        return members.Count == 0 ? null : new ClaimPath(text, [.. members]);
    }

    /// <summary>The caller's name; null when the claim is missing or cannot be a name. Numbers and booleans are named by their JSON text.</summary>
    public string? Read(JsonElement claims)
    {
        var value = claims;
        foreach (var member in _members)
        {
            if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(member, out value))
            {
                return null;
            }
        }

        var text = value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
            _ => null,
        };
        return text is not null && ClaimRules.IsPlainName(text) ? text : null;
    }

    private static bool TakeMember(ref ReadOnlySpan<char> rest, out string name)
    {
        rest = rest[1..];
        return TakeName(ref rest, out name);
    }

    private static bool TakeName(ref ReadOnlySpan<char> rest, out string name)
    {
        var length = 0;
        while (length < rest.Length && (char.IsAsciiLetterOrDigit(rest[length]) || rest[length] == '_'))
        {
            length++;
        }

        name = rest[..length].ToString();
        var starts = length > 0 && !char.IsAsciiDigit(name[0]);
        rest = rest[length..];
        return starts;
    }

    // ["…"] or ['…'], with backslash before a quote or a backslash.
    private static bool TakeIndex(ref ReadOnlySpan<char> rest, out string name)
    {
        name = "";
        rest = rest[1..].TrimStart();
        if (rest.IsEmpty || rest[0] is not ('"' or '\''))
        {
            return false;
        }

        var quote = rest[0];
        var text = new System.Text.StringBuilder();
        var at = 1;
        for (; at < rest.Length && rest[at] != quote; at++)
        {
            if (rest[at] == '\\')
            {
                at++;
                if (at == rest.Length || rest[at] is not ('"' or '\'' or '\\'))
                {
                    return false;
                }
            }

            text.Append(rest[at]);
        }

        if (at >= rest.Length)
        {
            return false;
        }

        rest = rest[(at + 1)..].TrimStart();
        if (rest.IsEmpty || rest[0] != ']')
        {
            return false;
        }

        rest = rest[1..];
        name = text.ToString();
        return true;
    }
}
