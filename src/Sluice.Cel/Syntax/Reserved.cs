using System.Collections.Frozen;

namespace Sluice.Cel.Syntax;

/// <summary>Words that cannot be names of variables or functions, but may follow a dot.</summary>
internal static class Reserved
{
    private static readonly FrozenSet<string> Words = new[]
    {
        "as", "break", "const", "continue", "else", "for", "function", "if", "import",
        "let", "loop", "package", "namespace", "return", "var", "void", "while",
    }.ToFrozenSet(StringComparer.Ordinal);

    public static bool Contains(string word) => Words.Contains(word);

    /// <summary>Can be written after a dot without back-quotes.</summary>
    public static bool IsPlainSelector(string name) =>
        name.Length > 0 && (char.IsAsciiLetter(name[0]) || name[0] == '_')
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_')
        && name is not ("in" or "true" or "false" or "null");
}
