using System.Diagnostics.CodeAnalysis;
using Sluice.Cel.Checking;
using Sluice.Cel.Syntax;

namespace Sluice.Cel;

/// <summary>What became of a text: a program, or the issues that stand in its way.</summary>
public sealed class CelCompilation
{
    private CelCompilation(string text, IReadOnlyList<CelIssue> issues, CelProgram? program)
    {
        Text = text;
        Issues = issues;
        Program = program;
    }

    /// <summary>The source as it was given.</summary>
    public string Text { get; }

    /// <summary>There is a program.</summary>
    [MemberNotNullWhen(true, nameof(Program))]
    public bool IsSuccess => Program is not null;

    /// <summary>The program; null when there are issues.</summary>
    public CelProgram? Program { get; }

    /// <summary>Faults, in the order of the text; empty on success.</summary>
    public IReadOnlyList<CelIssue> Issues { get; }

    /// <summary>All issues with excerpts, for a terminal.</summary>
    public string Render() => string.Join("\n", Issues.Select(issue => issue.Render()));

    public override string ToString() => IsSuccess ? "ok" : string.Join("\n", Issues);

    internal static CelCompilation Compile(CelEnvironment environment, string text)
    {
        var parsed = Parser.Parse(text, environment.Limits, environment.Macros);
        if (parsed.Root is null)
        {
            return new CelCompilation(text, [parsed.Fault!], null);
        }

        if (!environment.IsTypeChecked)
        {
            var unchecked_ = new CheckedTree(parsed.Root, new CelType?[parsed.Nodes], new Reference?[parsed.Nodes], IsChecked: false);
            return new CelCompilation(text, [], new CelProgram(environment, text, unchecked_));
        }

        var issues = new List<CelIssue>();
        var tree = Checker.Check(environment, text, parsed.Root, parsed.Nodes, issues);
        return tree is null
            ? new CelCompilation(text, [.. issues.OrderBy(issue => issue.Offset)], null)
            : new CelCompilation(text, [], new CelProgram(environment, text, tree));
    }
}
