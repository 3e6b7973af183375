namespace Sluice.Cel;

/// <summary>What a <see cref="CelValue"/> is at run time.</summary>
public enum CelKind : byte
{
    /// <summary>Evaluation failed; <see cref="CelValue.Error"/> says why.</summary>
    Error,
    /// <summary><c>null</c>.</summary>
    Null,
    /// <summary><c>true</c> or <c>false</c>.</summary>
    Bool,
    /// <summary>A signed 64-bit integer.</summary>
    Int,
    /// <summary>An unsigned 64-bit integer.</summary>
    Uint,
    /// <summary>An IEEE 754 double.</summary>
    Double,
    /// <summary>Unicode text.</summary>
    String,
    /// <summary>Octets.</summary>
    Bytes,
    /// <summary>A list; elements may be of different kinds.</summary>
    List,
    /// <summary>A map; keys are bool, int, uint or string.</summary>
    Map,
    /// <summary>A type, such as <c>int</c>.</summary>
    Type,
    /// <summary>A point in time, years 1 to 9999, in nanoseconds.</summary>
    Timestamp,
    /// <summary>A span of time in 64-bit nanoseconds.</summary>
    Duration,
    /// <summary>A value that may be absent.</summary>
    Optional,

    /// <summary>A value of an extension's own type, such as <c>net.IP</c>.</summary>
    Opaque,
}
