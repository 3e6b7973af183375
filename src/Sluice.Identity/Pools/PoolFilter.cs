using System.Text.Json;
using Microsoft.Extensions.Logging;
using Sluice.Cel;
using Sluice.Identity.Explain;
using Sluice.State;

namespace Sluice.Identity.Pools;

/// <summary>A pool's filter, compiled once. One that does not compile matches nobody: a pool must never be wider than its filter says.</summary>
internal sealed class PoolFilter
{
    /// <summary>The language of filters: CEL's standard with one variable, the token's claims, and limits for text that others write.</summary>
    public static CelEnvironment Language { get; } =
        CelEnvironment.Standard.WithVariable("claims", CelType.Map(CelType.String, CelType.Dyn)).WithLimits(CelLimits.Filter);

    private const int MaxParts = 20;
    private const int MaxText = 300;

    private readonly CelProgram? _program;
    private readonly string? _problem;

    private PoolFilter(CelProgram? program, string? problem)
    {
        (_program, _problem) = (program, problem);
        RequiredTexts = program is null ? [] : CelRequiredText.Of(program);
    }

    public static PoolFilter Compile(IdentityPool pool, ILogger logger)
    {
        var compiled = Language.Compile(pool.Filter);
        if (!compiled.IsSuccess)
        {
            Log.FilterInvalid(logger, pool.Id, compiled.ToString());
        }

        return new PoolFilter(compiled.Program, compiled.IsSuccess ? null : compiled.ToString());
    }

    /// <summary>Conditions without which it is not true; none: nothing is known.</summary>
    public IReadOnlyList<CelRequiredText> RequiredTexts { get; }

    /// <summary>True only for a plain <c>true</c>: an error, or anything else, is no match.</summary>
    /// <remarks>HOT: evaluates without allocating.</remarks>
    public bool IsTrue(JsonElement claims) => _program is not null && _program.IsTrue(claims);

    /// <summary>What the filter gives for these claims and why, for explain.</summary>
    /// <param name="pool">The filter's pool.</param>
    /// <param name="claims">The claims.</param>
    /// <param name="member">What <see cref="IsTrue"/> gave.</param>
    public ExplainedPool Explain(IdentityPool pool, JsonElement claims, bool member)
    {
        if (_program is null)
        {
            return new ExplainedPool(pool.Id, pool, false, null, $"The filter cannot be used, so the pool matches nobody: {_problem}");
        }

        var trace = _program.Trace(claims);
        var value = trace.Result.ToString();
        var detail = member ? "The filter is true."
            : value is "false" ? "The filter is false."
            : trace.Result.IsError ? "The filter ends in an error, which counts as no match."
            : "The filter gives something other than true or false, which counts as no match.";
        return new ExplainedPool(pool.Id, pool, member, Cut(value), detail) { DecidedBy = [.. trace.Root.Deciding.Take(MaxParts).Select(Describe)] };
    }

    private static DecidingPart Describe(CelTraceStep step)
    {
        var operands = step.Children.Where(child => child.IsEvaluated && child.Value.Kind != CelKind.Error && child.Text != "claims").Take(MaxParts);
        var detail = string.Join(", ", operands.Select(operand => $"{operand.Text} is {Cut(operand.Value.ToString())}"));
        return new DecidingPart(step.Text, Cut(step.Value.ToString()), detail.Length == 0 ? null : detail);
    }

    private static string Cut(string text) => text.Length <= MaxText ? text : text[..MaxText] + "…";
}
