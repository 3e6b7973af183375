using Microsoft.Extensions.Options;
using Sluice.Http;
using Sluice.Identity;
using Sluice.State;

namespace Sluice.ControlPlane;

/// <summary>What nearly every control-plane handler needs.</summary>
/// <param name="Context">The request.</param>
/// <param name="Store">Where changes go.</param>
/// <param name="State">The state when the request came: what reads answer from.</param>
/// <param name="Links">For bodies.</param>
/// <param name="Options">Settings.</param>
/// <param name="Author">Who asks for changes.</param>
internal sealed record ControlRequest(
    HttpContext Context, IStateStore Store, GatewayState State, ControlLinks Links, ControlOptions Options, ChangeAuthor Author)
{
    /// <summary>Gives up when the client does.</summary>
    public CancellationToken Aborted => Context.RequestAborted;

    public QuotaOptions Quotas => Options.Quotas;

    /// <summary>Minimal-API parameter binding: runs before the handler, after authentication.</summary>
    public static ValueTask<ControlRequest?> BindAsync(HttpContext context)
    {
        var store = context.RequestServices.GetRequiredService<IStateStore>();
        var options = context.RequestServices.GetRequiredService<IOptions<ControlOptions>>().Value;
        var author = context.Features.Get<Caller>()?.Principals[0] ?? "";
        return ValueTask.FromResult<ControlRequest?>(new(
            context, store, store.Current, ControlLinks.For(context, options), options, new ChangeAuthor(author, context.TraceIdentifier)));
    }

    /// <summary>The body's members, or why there are none.</summary>
    public async Task<Outcome<ControlFields>> ReadAsync(int status = 422)
    {
        var (body, error) = await JsonBody.ReadObjectAsync(Context, ControlErrors.EmptyBody.Detail);
        return error.IsNone ? new ControlFields(body, status) : error.Status == 422 ? ControlErrors.EmptyBody : ControlError.From(error);
    }

    /// <summary>What the caller may do, by the role bindings of a state.</summary>
    public ControlAccess AccessIn(GatewayState state) => ControlAccess.Of(state, Options, Context.Features.Get<Caller>()?.Principals ?? []);

    /// <summary>
    /// Decides over the newest state and writes what was decided. Whether the caller may use the route at all is decided over that state once more: its role may have been
    /// taken back since the request came.
    /// </summary>
    public Task<Outcome<T>> UpdateAsync<T>(Func<GatewayState, Update<Outcome<T>>> decide)
        where T : class
    {
        var needs = Context.GetEndpoint()?.Metadata.GetMetadata<NeedsCaller>() ?? NeedsCaller.AnAdministrator;
        return Store.UpdateAsync(
            Author, state => AccessIn(state).Refusal(needs, isRead: false) is { } no ? Decisions.Refuse<T>(no) : decide(state), Aborted);
    }

    /// <summary>Why the caller may not change this resource, as <paramref name="state"/> has it; null when it may.</summary>
    public ControlError? MayNotChange(GatewayState state, IStateResource resource, string what)
    {
        if (AccessIn(state).MayNotChange(resource) is { } no)
        {
            return no;
        }

        if (resource.Metadata.IsDeclared)
        {
            return ControlErrors.Declared(what, resource.Id);
        }

        var wanted = Context.Request.Headers.IfMatch;
        return wanted.Count == 0 || wanted.Contains("*") || wanted.ToString().Split(',', StringSplitOptions.TrimEntries).Contains(ETag(resource))
            ? null
            : ControlErrors.Changed(what, resource.Id);
    }

    /// <summary>Marks the answer with the resource's revision, for <c>If-Match</c>.</summary>
    public void Mark(IStateResource resource) => Context.Response.Headers.ETag = ETag(resource);

    private static string ETag(IStateResource resource) => $"\"{resource.Metadata.Revision}\"";
}
