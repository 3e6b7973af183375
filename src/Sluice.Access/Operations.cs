using System.Text.Json;
using Sluice.Kafka.Acls;

namespace Sluice.Access;

/// <summary>Sets of operations, a bit each.</summary>
internal readonly record struct Operations(ushort Bits)
{
    public static Operations None => default;

    public static Operations All => new(ushort.MaxValue);

    public static Operations Of(params ReadOnlySpan<AclOperation> operations)
    {
        var bits = 0;
        foreach (var operation in operations)
        {
            bits |= Bit(operation);
        }

        return new Operations((ushort)bits);
    }

    public bool Contains(AclOperation operation) => (Bits & Bit(operation)) != 0;

    /// <summary>Those that <paramref name="others"/> lack.</summary>
    public Operations Without(Operations others) => new((ushort)(Bits & ~others.Bits));

    /// <summary>
    /// With what the operations give besides themselves: READ, WRITE, DELETE and ALTER also DESCRIBE, ALTER_CONFIGS also DESCRIBE_CONFIGS; ALL everything
    /// (Kafka, <c>StandardAuthorizerData</c>). Only for what allows: to deny READ is not to deny DESCRIBE.
    /// </summary>
    public Operations WithImplied()
    {
        if (Contains(AclOperation.All))
        {
            return All;
        }

        var implied = None;
        if (Contains(AclOperation.Read) || Contains(AclOperation.Write) || Contains(AclOperation.Delete) || Contains(AclOperation.Alter))
        {
            implied |= Of(AclOperation.Describe);
        }

        if (Contains(AclOperation.AlterConfigs))
        {
            implied |= Of(AclOperation.DescribeConfigs);
        }

        return this | implied;
    }

    public static Operations operator |(Operations left, Operations right) => new((ushort)(left.Bits | right.Bits));

    /// <summary>As Kafka writes it: <c>DESCRIBE_CONFIGS</c>.</summary>
    public static string Name<T>(T word)
        where T : struct, Enum =>
        JsonNamingPolicy.SnakeCaseUpper.ConvertName(word.ToString());

    private static int Bit(AclOperation operation) => 1 << (int)operation;
}
