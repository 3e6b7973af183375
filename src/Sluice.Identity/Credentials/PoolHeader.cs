using System.Buffers;
using Microsoft.Extensions.Primitives;

namespace Sluice.Identity.Credentials;

/// <summary><c>Confluent-Identity-Pool-Id</c>: pool ids with commas between them; several fields count as one list (RFC 9110 §5.3).</summary>
internal static class PoolHeader
{
    private const int MaxIdLength = 255;

    private static readonly SearchValues<char> IdCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    /// <summary>The fields as one string: the key under which an answer is remembered. Null when the header is absent.</summary>
    public static string? Joined(in StringValues fields) => fields.Count switch
    {
        0 => null,
        1 => fields[0] ?? "",
        _ => string.Join(',', fields.ToArray()),
    };

    /// <returns>Null when <paramref name="ids"/> holds the distinct ids, in their order; otherwise why not.</returns>
    public static Refusal? Read(string joined, int maximum, out List<string> ids)
    {
        ids = [];
        foreach (var range in joined.AsSpan().Split(','))
        {
            // RFC 9110 §5.6.1: empty list elements are skipped, spaces and tabs around elements are not part of them.
            var id = joined.AsSpan()[range].Trim(" \t");
            if (id.IsEmpty)
            {
                continue;
            }

            if (id.Length > MaxIdLength || id.IndexOfAnyExcept(IdCharacters) >= 0)
            {
                return Refusals.MalformedPoolHeader;
            }

            var text = id.ToString();
            if (!ids.Contains(text, StringComparer.Ordinal))
            {
                ids.Add(text);
            }

            if (ids.Count > maximum)
            {
                return new Refusal(RefusalRule.MalformedRequest, $"Confluent-Identity-Pool-Id names more than {maximum} pools.")
                {
                    PoolField = PoolFieldFault.Malformed,
                };
            }
        }

        return ids.Count == 0 ? Refusals.EmptyPoolHeader : null;
    }
}
