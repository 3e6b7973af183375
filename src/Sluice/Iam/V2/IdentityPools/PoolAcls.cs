using Sluice.ControlPlane;
using Sluice.Hosting;
using Sluice.Kafka;
using Sluice.Kafka.Acls;
using Sluice.State;

namespace Sluice.Iam.V2.IdentityPools;

/// <summary>
/// The ACLs of pools that are gone, on the clusters whose ACLs the gateway decides by. They allow nobody anything any more, since ids are never used again; they are taken
/// away so that lists show no strangers. Where brokers decide, the ACLs are theirs.
/// </summary>
/// <param name="clusters">All of them.</param>
/// <param name="time">For giving up.</param>
/// <param name="logger">Hears of what could not be deleted.</param>
internal sealed class PoolAcls(ClusterDirectory clusters, TimeProvider time, ILogger<PoolAcls> logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Deletes what it can, on all clusters at once, in ten seconds at most. The client may have gone meanwhile: the pool has as well.</summary>
    public async Task DeleteAsync(IdentityPool pool, ChangeAuthor author)
    {
        using var enough = new CancellationTokenSource(Patience, time);
        await Task.WhenAll(clusters.All.Where(cluster => cluster.Acls is not null).Select(cluster => DeleteAsync(cluster, pool, author, enough.Token)));
    }

    private async Task DeleteAsync(IClusterConnection cluster, IdentityPool pool, ChangeAuthor author, CancellationToken cancellationToken)
    {
        try
        {
            var all = new AclFilter(AclResourceType.Any, null, AclPatternType.Any, pool.Principal, null, AclOperation.Any, AclPermission.Any);
            var deleted = await cluster.For(new ClusterCaller(author.Principal)).DeleteAclsAsync(all, cancellationToken);
            if (!deleted.TryGet(out _, out var error) && error.Code != KafkaErrorCode.SecurityDisabled)
            {
                Log.AclsRemain(logger, null, pool.Id, cluster.ClusterId, $"{error.Code} {error.Message}");
            }
        }
#pragma warning disable CA1031 // Whatever it is, the pool is gone, and its deletion is not answered 500.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Log.AclsRemain(logger, failure, pool.Id, cluster.ClusterId, failure.Message);
        }
    }
}
