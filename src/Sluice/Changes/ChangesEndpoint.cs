using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using Sluice.ControlPlane;
using Sluice.State;

namespace Sluice.Changes;

// History: who changed what, and when
//   GET /sluice/v1/changes   after (a version), page_size (1 to 1,000), resource_kind, resource_id; oldest first
// What configuration declares has no history here: it has one where the configuration is kept.

internal static class ChangesEndpoint
{
    public const string Path = "/sluice/v1/changes";
    private const int DefaultSize = 100;
    private const int MaxSize = 1_000;
    private static readonly string[] Parameters = ["after", "page_size", "resource_kind", "resource_id"];

    public static void MapChanges(this IEndpointRouteBuilder app) => app.MapGet(Path, ListAsync);

    private static async Task<IResult> ListAsync(ControlRequest request)
    {
        var query = request.Context.Request.Query;
        if (query.Keys.FirstOrDefault(k => !Parameters.Contains(k)) is { } unknown)
        {
            return ControlAnswers.Error(ControlErrors.InvalidFilter(unknown, $"Changes cannot be filtered by that parameter. It takes {string.Join(", ", Parameters)}."));
        }

        if (!TryNumber(query["after"].ToString(), 0, long.MaxValue, 0, out var after))
        {
            return ControlAnswers.Error(ControlErrors.InvalidParameter("after", "after must be a version: a whole number, 0 or more."));
        }

        if (!TryNumber(query["page_size"].ToString(), 1, MaxSize, DefaultSize, out var size))
        {
            return ControlAnswers.Error(ControlErrors.InvalidParameter("page_size", $"page_size must be a whole number from 1 to {MaxSize}."));
        }

        ResourceKind? kind = null;
        if (query["resource_kind"].ToString() is { Length: > 0 } name)
        {
            kind = Enum.GetValues<ResourceKind>().Cast<ResourceKind?>().FirstOrDefault(k => k.ToString() == name);
            if (kind is null)
            {
                return ControlAnswers.Error(ControlErrors.InvalidParameter(
                    "resource_kind", $"resource_kind must be one of {string.Join(", ", Enum.GetNames<ResourceKind>())}."));
            }
        }

        var id = query["resource_id"].ToString() is { Length: > 0 } text ? text : null;
        var records = await request.Store.ReadHistoryAsync(new HistoryQuery(after, (int)size + 1, kind, id), request.Aborted);
        var page = records.Take((int)size).ToList();
        var next = records.Count > size ? Link(request, page[^1].Version, size) : null;
        return ControlAnswers.Ok(
            new ChangeListBody("sluice/v1", "ChangeList", new ChangeListMeta(next), [.. page.Select(ChangeBody.From)]), ControlJson.Wire.ChangeListBody);
    }

    private static string Link(ControlRequest request, long after, long size)
    {
        var others = request.Context.Request.Query.Where(p => p.Key is "resource_kind" or "resource_id").Select(p => KeyValuePair.Create(p.Key, (string?)p.Value.ToString()));
        var url = QueryHelpers.AddQueryString(request.Links.Url(Path), others);
        return QueryHelpers.AddQueryString(url, new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["page_size"] = size.ToString(CultureInfo.InvariantCulture),
            ["after"] = after.ToString(CultureInfo.InvariantCulture),
        });
    }

    private static bool TryNumber(string text, long least, long most, long missing, out long number)
    {
        number = missing;
        return text.Length == 0 || (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number >= least && number <= most);
    }
}

/// <param name="Version">Its number in the log; without gaps.</param>
/// <param name="At">RFC 3339, UTC.</param>
/// <param name="Author">The principal that asked for it.</param>
/// <param name="RequestId">The <c>X-Request-Id</c> of that request.</param>
/// <param name="Action"><c>put</c> or <c>delete</c>.</param>
/// <param name="ResourceKind">Such as <c>IdentityPool</c>.</param>
/// <param name="ResourceId">Such as <c>pool-a1b2</c>.</param>
/// <param name="Resource">As it became; left out when it was deleted. Without secrets.</param>
internal sealed record ChangeBody(
    long Version, string At, string Author, string? RequestId, string Action, string ResourceKind, string ResourceId, JsonObject? Resource)
{
    public static ChangeBody From(ChangeRecord record) => new(
        record.Version,
        ObjectMeta.Text(record.At)!,
        record.Author.Principal,
        record.Author.RequestId,
        record.After is null ? "delete" : "put",
        record.Kind.ToString(),
        record.Id,
        record.After is null ? null : ResourceText.ToJson(record.After));
}

internal sealed record ChangeListMeta(string? Next);

internal sealed record ChangeListBody(string ApiVersion, string Kind, ChangeListMeta Metadata, IReadOnlyList<ChangeBody> Data);
