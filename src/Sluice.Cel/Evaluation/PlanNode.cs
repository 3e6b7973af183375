using System.Text.Json;
using Sluice.Cel.Syntax;

namespace Sluice.Cel.Evaluation;

/// <summary>A step of a plan. Immutable; everything that changes is in the <see cref="Frame"/>.</summary>
internal abstract class PlanNode(SourceSpan span)
{
    public SourceSpan Span { get; } = span;

    /// <summary>The value, or the error, of this step.</summary>
    public abstract CelValue Evaluate(ref Frame frame);

    /// <summary>The same as a condition, without the words of an error: the way of filters.</summary>
    public virtual Truth Test(ref Frame frame)
    {
        var value = Evaluate(ref frame);
        return value.Kind != CelKind.Bool ? Truth.Error : value.BoolBits ? Truth.True : Truth.False;
    }

    /// <summary>The value as it stands in the claims' JSON.</summary>
    /// <returns>False when it does not stand there, or there is none: ask <see cref="Evaluate"/>.</returns>
    public virtual bool TryJson(ref Frame frame, out JsonElement json)
    {
        json = default;
        return false;
    }

    /// <summary>An error that knows its place.</summary>
    protected CelError Locate(CelError error) => error.Offset >= 0 ? error : error with { Offset = Span.Start, Length = Span.Length };

    protected CelValue Fail(string message) => CelValue.Fail(Locate(new CelError(message)));

    protected static Truth ToTruth(bool value) => value ? Truth.True : Truth.False;
}
