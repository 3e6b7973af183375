using System.Text.Json;
using Sluice.Kafka.Acls;

namespace Sluice.Rest.V3;

/// <summary>How ACL words are written: upper case with underscores, and only those that the API knows.</summary>
internal static class AclNames
{
    /// <summary>Without <c>USER</c>.</summary>
    public static AclWords<AclResourceType> ResourceTypes { get; } = new(AclResourceType.User);

    public static AclWords<AclPatternType> PatternTypes { get; } = new();

    /// <summary>Without those on delegation tokens and two-phase commit.</summary>
    public static AclWords<AclOperation> Operations { get; } =
        new(AclOperation.CreateTokens, AclOperation.DescribeTokens, AclOperation.TwoPhaseCommit);

    public static AclWords<AclPermission> Permissions { get; } = new();

    public static string Operation(AclOperation operation) => Operations.Name(operation);

    public static string Upper(string pascal) => JsonNamingPolicy.SnakeCaseUpper.ConvertName(pascal);
}
