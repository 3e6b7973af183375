namespace Sluice.Cel.Syntax;

/// <param name="Root">The tree; null after a fault.</param>
/// <param name="Nodes">How many ids the tree uses: every id is below this.</param>
/// <param name="Fault">The first fault.</param>
internal readonly record struct ParseResult(Expr? Root, int Nodes, CelIssue? Fault);
