using Sluice.Cel.Syntax;

namespace Sluice.Cel.Checking;

/// <summary>A syntax tree with what the checker found, by node id.</summary>
/// <param name="Root">The tree.</param>
/// <param name="Types">The type of each node; null entries for nodes that macros swallowed.</param>
/// <param name="References">What names stand for; null entries are local variables, fields, or an unchecked tree.</param>
/// <param name="IsChecked">False: names and overloads are resolved at run time.</param>
internal sealed record CheckedTree(Expr Root, CelType?[] Types, Reference?[] References, bool IsChecked)
{
    public CelType TypeOf(Expr expr) => Types[expr.Id] ?? CelType.Dyn;
}
