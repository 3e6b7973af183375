using Sluice.Http;

namespace Sluice.Rest.V3.Acls;

// ACLs
//   GET    /acls        DescribeAcls   seven filters, all optional; 404 for a word the API does not have, 400 for UNKNOWN
//   POST   /acls        CreateAcls     201, no body, Location; creating one that exists succeeds
//   POST   /acls:batch  CreateAcls     201, no body; one invalid entry refuses all, but the cluster applies them one by one
//   DELETE /acls        DeleteAcls     200 {"data"} of those that are gone; the four enumerations are required
// 400/40002 from a cluster without an authorizer. Differs from the proxy: acls:batch answers 201 as the Cloud's contract says (there: 204).

internal static class AclsEndpoints
{
    public static RouteGroupBuilder MapAcls(this RouteGroupBuilder cluster)
    {
        cluster.MapGet("/acls", SearchAsync);
        cluster.MapPost("/acls", CreateAsync);
        cluster.MapPost("/acls:batch", CreateManyAsync);
        cluster.MapDelete("/acls", DeleteAsync);
        return cluster;
    }

    private static async Task<IResult> SearchAsync(HttpContext context, ClusterRequest request, CancellationToken cancellationToken)
    {
        var (filter, principal, problem) = AclQuery.Search(context.Request.Query);
        if (!problem.IsNone)
        {
            return V3Answers.Error(problem);
        }

        var found = await request.Cluster.DescribeAclsAsync(filter, cancellationToken);
        return found.TryGet(out var acls, out var error)
            ? V3Answers.Ok(
                ListBody<AclBody>.Of(
                    "KafkaAclList", AclLinks.Self(filter, principal, request.Links), [.. acls.Select(a => AclBody.From(a, request.Links))]),
                WireJson.Default.ListBodyAclBody)
            : V3Answers.Error(error);
    }

    private static async Task<IResult> CreateAsync(HttpContext context, ClusterRequest request, CancellationToken cancellationToken)
    {
        var (body, error) = await JsonBody.ReadObjectAsync(context, "Null input provided. Data is required.");
        if (!error.IsNone)
        {
            return V3Answers.Error(error);
        }

        var fields = new BodyFields(body);
        var acl = CreateAclBody.Read(fields);
        error = fields.Finish();
        if (!error.IsNone)
        {
            return V3Answers.Error(error);
        }

        var created = (await request.Cluster.CreateAclsAsync([acl], cancellationToken))[0];
        return created.TryGet(out _, out var refused)
            ? TypedResults.Created(AclLinks.Self(acl, request.Links))
            : V3Answers.Error(refused);
    }

    private static async Task<IResult> CreateManyAsync(HttpContext context, ClusterRequest request, CancellationToken cancellationToken)
    {
        var (body, error) = await JsonBody.ReadObjectAsync(context, "Null input provided. Data is required.");
        if (!error.IsNone)
        {
            return V3Answers.Error(error);
        }

        var fields = new BodyFields(body);
        var acls = fields.OptionalObjects("data", CreateAclBody.Read);
        error = fields.Finish();
        if (error.IsNone && acls is null)
        {
            error = Errors.Payload("Empty input provided. Data is required.");
        }

        if (!error.IsNone)
        {
            return V3Answers.Error(error);
        }

        var results = acls!.Count == 0 ? [] : await request.Cluster.CreateAclsAsync(acls, cancellationToken);
        foreach (var result in results)
        {
            if (!result.TryGet(out _, out var refused))
            {
                return V3Answers.Error(refused);
            }
        }

        return TypedResults.StatusCode(StatusCodes.Status201Created);
    }

    private static async Task<IResult> DeleteAsync(HttpContext context, ClusterRequest request, CancellationToken cancellationToken)
    {
        var (filter, problem) = AclQuery.Delete(context.Request.Query);
        if (!problem.IsNone)
        {
            return V3Answers.Error(problem);
        }

        var deleted = await request.Cluster.DeleteAclsAsync(filter, cancellationToken);
        return deleted.TryGet(out var acls, out var error)
            ? V3Answers.Ok(new DeletedAclsBody([.. acls.Select(a => AclBody.From(a, request.Links))]), WireJson.Default.DeletedAclsBody)
            : V3Answers.Error(error);
    }
}
