namespace Sluice.Cel.Syntax;

/// <param name="Kind">What it is.</param>
/// <param name="Span">Where it stands.</param>
/// <param name="Value">A name or string (<see cref="string"/>), or bytes (<c>byte[]</c>); null for numbers and punctuation.</param>
internal readonly record struct Token(TokenKind Kind, SourceSpan Span, object? Value = null)
{
    public string Text => (string)Value!;
}
