namespace Sluice.Access.Crn;

/// <summary>What a pattern is about: the kind of its innermost part. Flags, so that they make sets.</summary>
[Flags]
public enum ScopeKind
{
    /// <summary>Nothing: its parts do not go together, such as a topic outside any cluster.</summary>
    None = 0,

    Organization = 1,

    Environment = 2,

    /// <summary>A cluster and everything in it (<c>cloud-cluster</c>, <c>kafka</c>).</summary>
    Cluster = 4,

    Topic = 8,

    Group = 16,

    TransactionalId = 32,

    /// <summary>Something that is no part of Kafka, such as an identity pool or a subject.</summary>
    Elsewhere = 64,
}
