using System.Text.Json;
using Sluice.Cel.Checking;
using Sluice.Cel.Evaluation;
using Sluice.Cel.Planning;
using Sluice.Cel.Syntax;
using Sluice.Cel.Tracing;

namespace Sluice.Cel;

/// <summary>A compiled expression. Immutable and safe to use from many threads.</summary>
public sealed class CelProgram
{
    private readonly Plan _plan;

    internal CelProgram(CelEnvironment environment, string text, CheckedTree tree)
    {
        Environment = environment;
        Text = text;
        Tree = tree;
        _plan = Planner.Plan(environment, tree);
    }

    /// <summary>The source as it was given.</summary>
    public string Text { get; }

    /// <summary>The type that the checker found; <c>dyn</c> when it is only known at run time.</summary>
    public CelType ResultType => Tree.TypeOf(Tree.Root);

    internal CelEnvironment Environment { get; }

    internal CheckedTree Tree { get; }

    /// <summary>The program as source in normal form: compiling it gives the same program.</summary>
    public string ToSource() => Printer.Print(Tree.Root);

    /// <summary>Runs the program. Never throws for what the data hold: an error is a value of kind <see cref="CelKind.Error"/>.</summary>
    public CelValue Evaluate(CelActivation activation)
    {
        ArgumentNullException.ThrowIfNull(activation);
        var frame = new Frame(Environment.Limits, _plan.Size, activation, new CelValue[_plan.LocalCount]);
        return frame.Finish(_plan.Root.Evaluate(ref frame));
    }

    /// <summary>Runs the program with the environment's one variable bound to JSON.</summary>
    /// <inheritdoc cref="IsTrue(in JsonElement)" path="/exception"/>
    public CelValue Evaluate(in JsonElement json)
    {
        CheckOneVariable();
        var frame = new Frame(Environment.Limits, _plan.Size, json, new CelValue[_plan.LocalCount]);
        return frame.Finish(_plan.Root.Evaluate(ref frame));
    }

    /// <summary>
    /// Whether the program gives the boolean <c>true</c> with the environment's one variable bound to JSON.
    /// Everything else, errors included, is false. Typical filters allocate nothing.
    /// </summary>
    /// <remarks>HOT: FilterAllocationTests hold it at zero bytes.</remarks>
    /// <exception cref="InvalidOperationException">The environment declares no variable, or several.</exception>
    public bool IsTrue(in JsonElement json)
    {
        CheckOneVariable();
        if (_plan.LocalCount == 0)
        {
            var frame = new Frame(Environment.Limits, _plan.Size, json, default);
            return _plan.Root.Test(ref frame) == Truth.True && !frame.HasExceeded;
        }

        return _plan.LocalCount <= FewLocals.Length ? IsTrueWithFewLocals(json) : Evaluate(json).IsTrue;
    }

    /// <summary>Runs the program and writes down what every sub-expression gave. Slower than <see cref="Evaluate(CelActivation)"/>; the result is the same.</summary>
    public CelTrace Trace(CelActivation activation)
    {
        ArgumentNullException.ThrowIfNull(activation);
        var plan = Planner.Plan(Environment, Tree, traced: true);
        return Trace(plan, new Frame(Environment.Limits, plan.Size, activation, new CelValue[plan.LocalCount]));
    }

    /// <summary>The same with the environment's one variable bound to JSON.</summary>
    /// <inheritdoc cref="IsTrue(in JsonElement)" path="/exception"/>
    public CelTrace Trace(in JsonElement json)
    {
        CheckOneVariable();
        var plan = Planner.Plan(Environment, Tree, traced: true);
        return Trace(plan, new Frame(Environment.Limits, plan.Size, json, new CelValue[plan.LocalCount]));
    }

    private CelTrace Trace(Plan plan, Frame frame)
    {
        var recorder = new TraceRecorder(Text);
        frame.Recorder = recorder;
        var result = frame.Finish(plan.Root.Evaluate(ref frame));
        return new CelTrace(result, frame.Cost, recorder.Root, recorder.IsComplete);
    }

    private bool IsTrueWithFewLocals(in JsonElement json)
    {
        var locals = default(FewLocals);
        var frame = new Frame(Environment.Limits, _plan.Size, json, locals);
        return _plan.Root.Test(ref frame) == Truth.True && !frame.HasExceeded;
    }

    private void CheckOneVariable()
    {
        if (!_plan.HasOneVariable)
        {
            throw new InvalidOperationException("The environment must declare exactly one variable; pass a CelActivation otherwise.");
        }
    }
}
