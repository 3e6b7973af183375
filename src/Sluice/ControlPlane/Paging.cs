using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.WebUtilities;
using Sluice.State;

namespace Sluice.ControlPlane;

/// <summary>Cuts a collection into pages: by id, so that a page stays right while others create and delete.</summary>
/// <remarks>
/// A token is the id after which its page begins and a mark of the collection and filters it was made for; it holds nothing secret. It stays good
/// when that resource is gone, and after a restart.
/// </remarks>
internal static class Paging
{
    private const int DefaultSize = 10;
    private const int MaxSize = 100;
    private const int MaxTokenLength = 255;

    /// <summary>Answers a list request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="path">The collection's path, without prefix.</param>
    /// <param name="filters">Names of the query parameters that filter; <paramref name="items"/> are filtered already.</param>
    /// <param name="items">What to list, in any order.</param>
    /// <param name="apiVersion">Of the list.</param>
    /// <param name="kind">Of the list.</param>
    /// <param name="body">One item's body.</param>
    /// <param name="type">The list's.</param>
    public static IResult List<TItem, TBody>(
        ControlRequest request,
        string path,
        string[] filters,
        IEnumerable<TItem> items,
        string apiVersion,
        string kind,
        Func<TItem, TBody> body,
        JsonTypeInfo<ListBody<TBody>> type)
        where TItem : class, IStateResource
    {
        var query = request.Context.Request.Query;
        if (ReadSize(query, out var size) is { } sizeError)
        {
            return ControlAnswers.Error(sizeError);
        }

        if (query.Keys.FirstOrDefault(k => k is not ("page_size" or "page_token") && !filters.Contains(k)) is { } unknown)
        {
            return ControlAnswers.Error(ControlErrors.InvalidFilter(
                unknown, $"This collection cannot be filtered by that parameter. It takes {string.Join(", ", ["page_size", "page_token", .. filters])}."));
        }

        var fixedPart = filters.Where(f => query.ContainsKey(f)).SelectMany(f => query[f].Select(v => KeyValuePair.Create(f, v))).ToList();
        var mark = Mark(path, fixedPart);
        if (!TryReadToken(query["page_token"].ToString(), mark, out var after))
        {
            return ControlAnswers.Error(ControlErrors.InvalidParameter(
                "page_token", "The page token is not of this collection with these filters. Start again without it."));
        }

        var sorted = items.ToArray();
        Array.Sort(sorted, static (a, b) => string.CompareOrdinal(a.Id, b.Id));
        var start = after.Length == 0 ? 0 : FirstAfter(sorted, after);
        var meta = new ListMeta(
            Link(0),
            Link(sorted.Length == 0 ? 0 : (sorted.Length - 1) / size * size),
            start > 0 ? Link(Math.Max(0, start - size)) : null,
            start + size < sorted.Length ? Link(start + size) : null,
            sorted.Length);
        return ControlAnswers.Ok(
            new ListBody<TBody>(apiVersion, kind, meta, [.. sorted.Skip(start).Take(size).Select(body)]), type);

        string Link(int index)
        {
            var url = QueryHelpers.AddQueryString(request.Links.Url(path), fixedPart);
            url = QueryHelpers.AddQueryString(url, "page_size", size.ToString(CultureInfo.InvariantCulture));
            return index == 0 ? url : QueryHelpers.AddQueryString(url, "page_token", Token(mark, sorted[index - 1].Id));
        }
    }

    private static ControlError? ReadSize(IQueryCollection query, out int size)
    {
        size = DefaultSize;
        var text = query["page_size"];
        if (text.Count == 0 || (text.Count == 1 && string.IsNullOrEmpty(text[0])))
        {
            return null;
        }

        return int.TryParse(text.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out size) && size is >= 1 and <= MaxSize
            ? null
            : ControlErrors.InvalidParameter("page_size", $"page_size must be a whole number from 1 to {MaxSize}.");
    }

    private static int FirstAfter<TItem>(TItem[] sorted, string id)
        where TItem : class, IStateResource
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = string.CompareOrdinal(sorted[middle].Id, id) <= 0 ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private static string Token(string mark, string id) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{mark}{id}"));

    private static bool TryReadToken(string token, string mark, out string after)
    {
        after = "";
        if (token.Length == 0)
        {
            return true;
        }

        var bytes = new byte[MaxTokenLength];
        if (token.Length > MaxTokenLength || !Base64Url.IsValid(token) || !Base64Url.TryDecodeFromChars(token, bytes, out var length))
        {
            return false;
        }

        var text = Encoding.UTF8.GetString(bytes, 0, length);
        after = text.Length > mark.Length ? text[mark.Length..] : "";
        return after.Length > 0 && text.StartsWith(mark, StringComparison.Ordinal);
    }

    // Tells one collection with its filters from another: tokens are not to be mixed up by accident.
    private static string Mark(string path, List<KeyValuePair<string, string?>> filters)
    {
        var text = string.Join('\n', [path, .. filters.Select(f => $"{f.Key}={f.Value}")]);
        var hash = System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(text));
        return Convert.ToHexStringLower(hash.AsSpan(0, 6)) + ".";
    }
}
