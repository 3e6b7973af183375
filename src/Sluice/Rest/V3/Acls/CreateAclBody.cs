using Sluice.Http;
using Sluice.Kafka.Acls;

namespace Sluice.Rest.V3.Acls;

/// <summary>One ACL in the body of <c>POST /acls</c> or <c>/acls:batch</c>: all seven fields are required.</summary>
internal static class CreateAclBody
{
    public static AclBinding Read(BodyFields fields) => Check(fields, new AclBinding(
        Word(fields, "resource_type", AclNames.ResourceTypes),
        fields.RequiredString("resource_name"),
        Word(fields, "pattern_type", AclNames.PatternTypes),
        AclPrincipals.Plain(fields.RequiredString("principal")),
        fields.RequiredString("host"),
        Word(fields, "operation", AclNames.Operations),
        Word(fields, "permission", AclNames.Permissions)));

    private static T Word<T>(BodyFields fields, string name, AclWords<T> words)
        where T : struct, Enum
    {
        var text = fields.OptionalString(name);
        if (text is null)
        {
            fields.Note(Errors.BadRequest($"{fields.Path}{name} is required and must be one of {words.All}"));
            return default;
        }

        if (!words.TryParseBody(text, out var value))
        {
            fields.Note(Errors.BadRequest($"{fields.Path}{name} must be one of {words.All}, in capitals"));
        }

        return value;
    }

    /// <summary>Words that mean something in a search, but not in an ACL.</summary>
    private static AclBinding Check(BodyFields fields, AclBinding acl)
    {
        Refuse(fields, "resource_type", acl.ResourceType is AclResourceType.Any or AclResourceType.Unknown, "ANY or UNKNOWN");
        Refuse(fields, "pattern_type", acl.PatternType is AclPatternType.Any or AclPatternType.Match or AclPatternType.Unknown, "ANY, MATCH or UNKNOWN");
        Refuse(fields, "operation", acl.Operation is AclOperation.Any or AclOperation.Unknown, "ANY or UNKNOWN");
        Refuse(fields, "permission", acl.Permission is AclPermission.Any or AclPermission.Unknown, "ANY or UNKNOWN");
        return acl;
    }

    private static void Refuse(BodyFields fields, string name, bool isRefused, string words)
    {
        if (isRefused)
        {
            fields.Note(Errors.BadRequest($"Bad Request: {fields.Path}{name} cannot be {words}"));
        }
    }
}
