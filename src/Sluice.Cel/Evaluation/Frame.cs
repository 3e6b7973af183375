using System.Text.Json;
using Sluice.Cel.Values;

namespace Sluice.Cel.Evaluation;

/// <summary>One run of a program: where its variables come from, and what is left of its budget.</summary>
internal ref struct Frame
{
    public readonly CelLimits Limits;
    public readonly CelActivation? Activation;

    /// <summary>The one variable, when <see cref="HasJson"/>.</summary>
    public readonly JsonElement Json;
    public readonly bool HasJson;
    public readonly Span<CelValue> Locals;

    /// <summary>Below zero: the budget is spent.</summary>
    public int Steps;
    private CelError? _exceeded;

    public Frame(CelLimits limits, CelActivation activation, Span<CelValue> locals)
    {
        Limits = limits;
        Activation = activation;
        Locals = locals;
        Steps = limits.MaxSteps;
    }

    public Frame(CelLimits limits, in JsonElement json, Span<CelValue> locals)
    {
        Limits = limits;
        Json = json;
        HasJson = true;
        Locals = locals;
        Steps = limits.MaxSteps;
    }

    /// <summary>A limit was reached: whatever operators made of the error, the result is that error.</summary>
    public readonly bool HasExceeded => Steps < 0 || _exceeded is not null;

    /// <summary>Takes steps from the budget.</summary>
    /// <returns>False when it is spent: stop.</returns>
    public bool Charge(int steps)
    {
        if (Steps >= 0)
        {
            Steps -= steps;
        }

        return Steps >= 0;
    }

    public CelValue Exceed(CelError limit)
    {
        _exceeded ??= limit;
        return CelValue.Fail(limit);
    }

    public readonly CelValue Finish(in CelValue result) =>
        _exceeded is not null ? CelValue.Fail(_exceeded) : Steps < 0 ? CelValue.Fail(ErrorValues.Steps) : result;
}
