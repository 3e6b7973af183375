using System.Globalization;
using System.Text;

namespace Sluice.Cel;

/// <summary>How an evaluation came to its result: every sub-expression that was evaluated, with its place and value.</summary>
/// <remarks>
/// Values of a trace point into the JSON that was evaluated, and show it: treat a trace as you treat the claims themselves.
/// </remarks>
public sealed class CelTrace
{
    internal CelTrace(CelValue result, int cost, CelTraceStep root, bool isComplete)
    {
        Result = result;
        Cost = cost;
        Root = root;
        IsComplete = isComplete;
    }

    /// <summary>What the program gave; an error value when a limit was reached.</summary>
    public CelValue Result { get; }

    /// <summary>Steps taken from <see cref="CelLimits.MaxSteps"/>; the same for the same program and data.</summary>
    public int Cost { get; }

    /// <summary>The whole expression.</summary>
    public CelTraceStep Root { get; }

    /// <summary>False when the evaluation had more sub-steps than a trace keeps (1,000): later ones are left out.</summary>
    public bool IsComplete { get; }

    /// <summary>One line a step, indented by depth: <c>claims.aud == "x" → false</c>. Long values are cut.</summary>
    public string Render()
    {
        var result = new StringBuilder();
        Append(result, Root, 0);
        if (!IsComplete)
        {
            result.Append("… (more steps than a trace keeps)\n");
        }

        return result.ToString();
    }

    private static void Append(StringBuilder result, CelTraceStep step, int depth)
    {
        var text = step.Text.ReplaceLineEndings(" ");
        result.Append(' ', depth * 2).Append(CultureInfo.InvariantCulture, $"{text} → {(step.IsEvaluated ? step.Value.ToString() : "not evaluated")}\n");
        foreach (var child in step.Children)
        {
            Append(result, child, depth + 1);
        }
    }
}
