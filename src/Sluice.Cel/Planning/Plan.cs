using Sluice.Cel.Evaluation;

namespace Sluice.Cel.Planning;

/// <param name="Root">The last step.</param>
/// <param name="LocalCount">Variables of macros that are alive at once, at most.</param>
/// <param name="Size">Nodes of the tree: what every run costs.</param>
/// <param name="HasOneVariable">The environment declares exactly one variable, so JSON can stand for it.</param>
internal sealed record Plan(PlanNode Root, int LocalCount, int Size, bool HasOneVariable);
