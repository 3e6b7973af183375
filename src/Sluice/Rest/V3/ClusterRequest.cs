using Microsoft.AspNetCore.Http.Features;
using Sluice.Hosting;
using Sluice.Http;
using Sluice.Identity;
using Sluice.Kafka;

namespace Sluice.Rest.V3;

/// <summary>What nearly every v3 handler needs: the cluster that the path names, as the caller sees it, and links for its bodies.</summary>
/// <param name="Cluster">As the caller sees it.</param>
/// <param name="ClusterId">As in the path.</param>
/// <param name="Links">For bodies.</param>
internal sealed record ClusterRequest(ICluster Cluster, string ClusterId, Links Links)
{
    /// <summary>Minimal-API parameter binding: runs before the handler, after authentication.</summary>
    public static ValueTask<ClusterRequest?> BindAsync(HttpContext context) =>
        ValueTask.FromResult(context.Features.Get<ClusterRequest>());
}

/// <summary>Finds the cluster of a route's <c>{cluster_id}</c>, or answers 404.</summary>
internal static class ClusterFilter
{
    /// <summary>Every route of the group names a cluster; resolve it once, before any handler.</summary>
    public static RouteGroupBuilder ResolveCluster(this RouteGroupBuilder group)
    {
        group.WithMetadata(NeedsCluster.Instance);
        return group;
    }

    /// <summary>Runs between routing and the endpoint, so that handlers can take a <see cref="ClusterRequest"/>.</summary>
    public static async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<NeedsCluster>() is null)
        {
            await next(context);
            return;
        }

        if (!MediaTypes.AcceptsJson(context.Request))
        {
            await ErrorResult.WriteAsync(context, Errors.NotAcceptable);
            return;
        }

        var caller = context.Features.GetRequiredFeature<Caller>();
        var id = (string?)context.GetRouteValue("cluster_id") ?? "";
        var directory = context.RequestServices.GetRequiredService<ClusterDirectory>();
        if (!directory.TryGet(id, out var connection))
        {
            // A cluster without an alias has no id until it has answered for the first time: it may be the one that is meant.
            var error = await directory.WhyUnknownAsync(context.RequestAborted);
            await ErrorResult.WriteAsync(
                context, error.Code == KafkaErrorCode.None ? NotFound(context, id) : KafkaErrors.ToGateway(error));
            return;
        }

        // A key for one cluster is no key at all for another.
        if (caller.ResourceId is { } only && only != connection.ClusterId)
        {
            await ErrorResult.WriteAsync(
                context, new GatewayError(401, 40101, $"Authentication failed: this API key is not for cluster {id}"));
            return;
        }

        var opened = await context.RequestServices.GetRequiredService<ClusterGuards>().OpenAsync(connection, context, caller);
        if (!opened.TryGet(out var cluster, out var closed))
        {
            await ErrorResult.WriteAsync(context, KafkaErrors.ToGateway(closed));
            return;
        }

        PathText.Decode(context);
        context.Features.Set(new ClusterRequest(cluster, id, Links.For(context, id)));
        await next(context);
    }

    /// <summary>The texts that clients know: one for the cluster itself, one for consumer groups, one for the rest.</summary>
    private static GatewayError NotFound(HttpContext context, string id)
    {
        var path = context.Request.Path.Value!.TrimEnd('/');
        return path.EndsWith($"/clusters/{id}", StringComparison.Ordinal)
            ? Errors.NotFound
            : Errors.ClusterNotFound(id, path.Contains("/consumer-groups", StringComparison.Ordinal));
    }

    private sealed class NeedsCluster
    {
        public static NeedsCluster Instance { get; } = new();
    }
}
