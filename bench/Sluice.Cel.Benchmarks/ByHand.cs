using System.Text.Json;

namespace Sluice.Cel.Benchmarks;

/// <summary>The filters as somebody would write them in C# over the same claims.</summary>
internal static class ByHand
{
    public static bool AudienceAndScope(in JsonElement claims)
    {
        if (!claims.TryGetProperty("aud"u8, out var aud) || aud.ValueKind != JsonValueKind.String || !aud.ValueEquals("x"u8)
            || !claims.TryGetProperty("scp"u8, out var scp) || scp.ValueKind != JsonValueKind.Array)
        {
            return false;
        }

        foreach (var item in scp.EnumerateArray())
        {
            if (item.ValueKind == JsonValueKind.String && item.ValueEquals("y"u8))
            {
                return true;
            }
        }

        return false;
    }

    public static bool IssuerAndSubject(in JsonElement claims) =>
        claims.TryGetProperty("iss"u8, out var iss) && iss.ValueKind == JsonValueKind.String && iss.ValueEquals("https://idp.example/realms/main"u8)
        && claims.TryGetProperty("sub"u8, out var sub) && sub.ValueKind == JsonValueKind.String
        && sub.GetString()!.StartsWith("system:", StringComparison.Ordinal);

    public static bool Groups(in JsonElement claims)
    {
        if (!claims.TryGetProperty("groups"u8, out var groups) || groups.ValueKind != JsonValueKind.Array)
        {
            return false;
        }

        foreach (var item in groups.EnumerateArray())
        {
            if (item.ValueKind == JsonValueKind.String && item.ValueEquals("analytics"u8))
            {
                return true;
            }
        }

        return false;
    }
}
