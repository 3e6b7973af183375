using Sluice.Cel.Syntax;

namespace Sluice.Cel;

/// <summary>One fault or warning in an expression, with its place.</summary>
public sealed class CelIssue
{
    private readonly string _source;

    internal CelIssue(string source, SourceSpan span, string message, string? hint = null, CelSeverity severity = CelSeverity.Error)
    {
        _source = source;
        Offset = span.Start;
        Length = span.Length;
        Message = message;
        Hint = hint;
        Severity = severity;
        (Line, Column) = SourceText.Locate(source, span.Start);
    }

    /// <summary>Whether it stops compilation.</summary>
    public CelSeverity Severity { get; }

    /// <summary>From 1.</summary>
    public int Line { get; }

    /// <summary>From 1, in Unicode code points.</summary>
    public int Column { get; }

    /// <summary>Offset in the source, in UTF-16 units.</summary>
    public int Offset { get; }

    /// <summary>Length of the concerned text, in UTF-16 units; 0 at the end of the source.</summary>
    public int Length { get; }

    /// <summary>What is wrong.</summary>
    public string Message { get; }

    /// <summary>What to do about it, when something can be said.</summary>
    public string? Hint { get; }

    /// <summary>A stable name for a warning, such as <c>always-true</c>; null for errors.</summary>
    public string? Rule { get; internal init; }

    /// <summary>The concerned line with carets under the fault.</summary>
    public string Excerpt => SourceText.Excerpt(_source, Offset, Length);

    /// <summary>Message, place, excerpt and hint, on several lines.</summary>
    public string Render() => $"{Line}:{Column}: {Message}\n{Excerpt}{(Hint is null ? "" : $"\n{Hint}")}";

    /// <summary>Place, message and hint on one line.</summary>
    public override string ToString() => Hint is null ? $"{Line}:{Column}: {Message}" : $"{Line}:{Column}: {Message} ({Hint})";
}

/// <summary>Whether an issue stops compilation.</summary>
public enum CelSeverity
{
    Error,
    Warning,
}
