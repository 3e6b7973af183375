namespace Sluice.Cel;

/// <summary>What a <see cref="CelValue"/> is at run time.</summary>
public enum CelKind : byte
{
    /// <summary>Evaluation failed; <see cref="CelValue.Error"/> says why.</summary>
    Error,
    Null,
    Bool,
    Int,
    Uint,
    Double,
    String,
    Bytes,
    List,
    Map,
    Type,
    Timestamp,
    Duration,
    Optional,

    /// <summary>A value of an extension's own type, such as <c>net.IP</c>.</summary>
    Opaque,
}
