using System.Text.Json;
using Sluice.Cel.Tracing;
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

    /// <summary>Where a traced plan writes its steps.</summary>
    public TraceRecorder? Recorder;

    /// <param name="limits">What the run may cost.</param>
    /// <param name="cost">What it costs in any case: the program's size.</param>
    /// <param name="activation">Values of the variables.</param>
    /// <param name="locals">Room for the variables of macros.</param>
    public Frame(CelLimits limits, int cost, CelActivation activation, Span<CelValue> locals)
    {
        Limits = limits;
        Activation = activation;
        Locals = locals;
        Steps = limits.MaxSteps - cost;
    }

    public Frame(CelLimits limits, int cost, in JsonElement json, Span<CelValue> locals)
    {
        Limits = limits;
        Json = json;
        HasJson = true;
        Locals = locals;
        Steps = limits.MaxSteps - cost;
    }

    /// <summary>Steps taken so far.</summary>
    public readonly int Cost => Limits.MaxSteps - Math.Max(0, Steps);

    /// <summary>A limit was reached: whatever operators made of the error, the result is that error.</summary>
    public readonly bool HasExceeded => Steps < 0 || _exceeded is not null;

    /// <summary>Takes steps from the budget.</summary>
    /// <returns>False when it is spent: stop.</returns>
    public bool Charge(int steps)
    {
        // Below zero it stays: it cannot wrap around.
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
