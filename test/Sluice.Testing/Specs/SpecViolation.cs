namespace Sluice.Testing.Specs;

/// <summary>Which promise of the OpenAPI file an answer breaks.</summary>
public enum SpecRule
{
    /// <summary>The status is not among the operation's.</summary>
    Status,

    /// <summary>A required header is missing.</summary>
    Header,

    /// <summary>The content type is not among the response's.</summary>
    MediaType,

    /// <summary>A body where none is declared, or the reverse.</summary>
    Body,

    /// <summary>The body breaks the schema: a required member, a type, a format, an enumeration, a null.</summary>
    Schema,

    /// <summary>The body has a member that the schema does not know.</summary>
    UndeclaredMember,

    /// <summary>A value that is not in the schema's <c>x-extensible-enum</c>.</summary>
    UndeclaredValue,
}

/// <param name="At">The place in the body, such as <c>metadata.self</c>.</param>
/// <param name="Text">What is wrong, for people.</param>
public sealed record SpecViolation(SpecRule Rule, string At, string Text)
{
    public override string ToString() => $"{Rule}: {Text}";
}
