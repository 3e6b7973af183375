using Sluice.Kafka.Acls;

namespace Sluice.Kafka.Client.Wire.Messages;

/// <summary>
/// DescribeAcls. librdkafka fails the whole answer over one resource type or operation that it does not know (USER, CREATE_TOKENS, …).
/// </summary>
internal sealed class DescribeAclsRequest(AclFilter filter) : WireRequest<DescribeAclsResponse>(ApiKey.DescribeAcls, 1, 3, 2)
{
    public override void Write(WireWriter writer, short version) => AclFields.Write(writer, filter);

    public override DescribeAclsResponse Read(WireReader reader, short version)
    {
        reader.Int32(); // throttle
        var error = reader.ErrorCode();
        var message = reader.NullableString();
        var found = new List<AclBinding>();
        reader.Array(r =>
        {
            var type = (AclResourceType)r.Int8();
            var name = r.String();
            var pattern = (AclPatternType)r.Int8();
            found.AddRange(r.Array(a =>
            {
                var acl = new AclBinding(type, name, pattern, a.String(), a.String(), (AclOperation)a.Int8(), (AclPermission)a.Int8());
                a.End();
                return acl;
            }));
            r.End();
            return name;
        });
        return new DescribeAclsResponse(error, message, found);
    }

    public override KafkaErrorCode TopLevelError(DescribeAclsResponse response) => response.Error;
}

internal sealed record DescribeAclsResponse(KafkaErrorCode Error, string? Message, IReadOnlyList<AclBinding> Acls);

internal sealed class CreateAclsRequest(IReadOnlyList<AclBinding> bindings) : WireRequest<IReadOnlyList<AclOutcome>>(ApiKey.CreateAcls, 1, 3, 2)
{
    public override void Write(WireWriter writer, short version) => writer.Array(bindings, static (w, acl) =>
        w.Int8((int)acl.ResourceType).String(acl.ResourceName).Int8((int)acl.PatternType).String(acl.Principal).String(acl.Host)
            .Int8((int)acl.Operation).Int8((int)acl.Permission).End()).End();

    public override IReadOnlyList<AclOutcome> Read(WireReader reader, short version)
    {
        reader.Int32(); // throttle
        return reader.Array(static r =>
        {
            var outcome = new AclOutcome(r.ErrorCode(), r.NullableString());
            r.End();
            return outcome;
        });
    }
}

internal sealed record AclOutcome(KafkaErrorCode Error, string? Message);

internal sealed class DeleteAclsRequest(AclFilter filter) : WireRequest<DeleteAclsResponse>(ApiKey.DeleteAcls, 1, 3, 2)
{
    public override bool IsIdempotent => false;

    public override void Write(WireWriter writer, short version) => writer.Array([filter], AclFields.Write).End();

    public override DeleteAclsResponse Read(WireReader reader, short version)
    {
        reader.Int32(); // throttle
        var all = reader.Array(static r =>
        {
            var error = r.ErrorCode();
            var message = r.NullableString();
            var acls = r.Array(static a =>
            {
                var outcome = new AclOutcome(a.ErrorCode(), a.NullableString());
                var acl = new AclBinding(
                    (AclResourceType)a.Int8(), a.String(), (AclPatternType)a.Int8(), a.String(), a.String(), (AclOperation)a.Int8(), (AclPermission)a.Int8());
                a.End();
                return (outcome, acl);
            });
            r.End();
            return new DeleteAclsResponse(error, message, acls);
        });
        return all.Count == 1 ? all[0] : throw new WireFormatException("DeleteAcls answered for another number of filters.");
    }

    public override KafkaErrorCode TopLevelError(DeleteAclsResponse response) => response.Error;
}

internal sealed record DeleteAclsResponse(
    KafkaErrorCode Error, string? Message, IReadOnlyList<(AclOutcome Outcome, AclBinding Acl)> Matching);

internal static class AclFields
{
    public static void Write(WireWriter writer, AclFilter filter) => writer
        .Int8((int)filter.ResourceType).String(filter.ResourceName).Int8((int)filter.PatternType).String(filter.Principal)
        .String(filter.Host).Int8((int)filter.Operation).Int8((int)filter.Permission).End();
}
