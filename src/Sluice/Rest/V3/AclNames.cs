using System.Text.Json;
using Sluice.Kafka.Acls;

namespace Sluice.Rest.V3;

/// <summary>How ACL words are written in bodies: upper case with underscores.</summary>
internal static class AclNames
{
    public static string Operation(AclOperation operation) => Upper(operation.ToString());

    public static string Upper(string pascal) => JsonNamingPolicy.SnakeCaseUpper.ConvertName(pascal);
}
