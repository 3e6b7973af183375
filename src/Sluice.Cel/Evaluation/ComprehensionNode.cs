using System.Text.Json;
using Sluice.Cel.Syntax;
using Sluice.Cel.Values;

namespace Sluice.Cel.Evaluation;

/// <summary>Macros that visit a range.</summary>
/// <remarks>The first variable is kept in slot <c>first</c>, the second in the next; <c>cost</c> is what one turn takes in steps.</remarks>
internal sealed class ComprehensionNode(
    SourceSpan span, ComprehensionKind kind, PlanNode range, int first, bool pairs, PlanNode? filter, PlanNode body, int cost)
    : PlanNode(span)
{
    // exists(x, x == "text"), the usual question about groups: no need to keep each element as a value.
    private readonly byte[]? _wanted =
        kind == ComprehensionKind.Exists && !pairs && body is EqualTextNode equal ? equal.ComparedWithLocal(first) : null;

    public override CelValue Evaluate(ref Frame frame)
    {
        if (kind <= ComprehensionKind.ExistsOne)
        {
            return EvaluateQuantifier(ref frame);
        }

        var source = range.Evaluate(ref frame);
        if (!IsRange(source))
        {
            return source.IsError ? source : CelValue.Fail(Locate(ErrorValues.NoOverload));
        }

        var list = new List<CelValue>();
        var map = new CelMap(0);
        var items = new ValueIterator(source);
        while (items.MoveNext())
        {
            if (!Turn(ref frame, ref items))
            {
                return CelValue.Fail(ErrorValues.Steps);
            }

            var condition = filter is null ? CelValue.True : filter.Evaluate(ref frame);
            if (condition.IsFalse)
            {
                continue;
            }

            if (!condition.IsTrue)
            {
                return condition.IsError ? condition : CelValue.Fail(Locate(ErrorValues.NoOverload));
            }

            var value = body.Evaluate(ref frame);
            if (value.IsError)
            {
                return value;
            }

            if (kind == ComprehensionKind.Map)
            {
                list.Add(value);
            }
            else if (kind == ComprehensionKind.Filter)
            {
                if (value.Kind != CelKind.Bool)
                {
                    return CelValue.Fail(Locate(ErrorValues.NoOverload));
                }

                if (value.IsTrue)
                {
                    list.Add(items.Current);
                }
            }
            else if (!AddEntries(map, items.CurrentKey, value))
            {
                return Fail("transformMapEntry needs maps whose keys are all different");
            }
        }

        return kind is ComprehensionKind.Map or ComprehensionKind.Filter ? CelValue.Of(new CelList([.. list])) : CelValue.Of(map);
    }

    public override Truth Test(ref Frame frame)
    {
        if (kind > ComprehensionKind.ExistsOne)
        {
            return Truth.Error;
        }

        var isJson = range.TryJson(ref frame, out var json);
        if (isJson && !pairs && json.ValueKind == JsonValueKind.Array)
        {
            return TestArray(json, ref frame);
        }

        var source = isJson ? CelValue.FromJson(json) : range.Evaluate(ref frame);
        if (!IsRange(source))
        {
            return Truth.Error;
        }

        var failed = false;
        var count = 0;
        var items = new ValueIterator(source);
        while (items.MoveNext())
        {
            if (!Turn(ref frame, ref items))
            {
                return Truth.Error;
            }

            var truth = body.Test(ref frame);
            if (Settles(truth))
            {
                return truth;
            }

            failed |= truth == Truth.Error;
            count += truth == Truth.True ? 1 : 0;
        }

        return Outcome(failed, count);
    }

    // HOT: an array of claims, walked in place.
    private Truth TestArray(in JsonElement array, ref Frame frame)
    {
        var failed = false;
        var count = 0;
        var index = 0;
        foreach (var item in array.EnumerateArray())
        {
            if (!frame.Charge(cost))
            {
                return Truth.Error;
            }

            if (index++ >= frame.Limits.MaxComprehensionSize)
            {
                frame.Exceed(ErrorValues.Size);
                return Truth.Error;
            }

            if (_wanted is not null)
            {
                if (item.ValueKind == JsonValueKind.String && JsonText.EqualTo(item, _wanted))
                {
                    return Truth.True;
                }

                continue;
            }

            frame.Locals[first] = CelValue.FromJson(item);
            var truth = body.Test(ref frame);
            if (Settles(truth))
            {
                return truth;
            }

            failed |= truth == Truth.Error;
            count += truth == Truth.True ? 1 : 0;
        }

        return Outcome(failed, count);
    }

    /// <summary>One turn of this outcome is the whole answer: the others need not be looked at.</summary>
    private bool Settles(Truth truth) =>
        (kind == ComprehensionKind.Exists && truth == Truth.True) || (kind == ComprehensionKind.All && truth == Truth.False);

    /// <summary>What is said after the last turn, when none has settled it.</summary>
    private Truth Outcome(bool failed, int count) => failed ? Truth.Error : ToTruth(kind switch
    {
        ComprehensionKind.All => true,
        ComprehensionKind.Exists => false,
        _ => count == 1,
    });

    private static bool IsRange(in CelValue source) => source.Kind is CelKind.List or CelKind.Map;

    private bool AddEntries(CelMap map, in CelValue key, in CelValue value)
    {
        if (kind == ComprehensionKind.TransformMap)
        {
            return map.TryAdd(key, value);
        }

        if (value.Kind != CelKind.Map)
        {
            return false;
        }

        foreach (var (entryKey, entryValue) in value.Entries)
        {
            if (!map.TryAdd(entryKey, entryValue))
            {
                return false;
            }
        }

        return true;
    }

    // Errors are absorbed when another turn decides; exists_one counts, so any error stays.
    private CelValue EvaluateQuantifier(ref Frame frame)
    {
        var source = range.Evaluate(ref frame);
        if (!IsRange(source))
        {
            return source.IsError ? source : CelValue.Fail(Locate(ErrorValues.NoOverload));
        }

        CelError? error = null;
        var count = 0;
        var items = new ValueIterator(source);
        while (items.MoveNext())
        {
            if (!Turn(ref frame, ref items))
            {
                return CelValue.Fail(ErrorValues.Steps);
            }

            var value = body.Evaluate(ref frame);
            if ((kind == ComprehensionKind.Exists && value.IsTrue) || (kind == ComprehensionKind.All && value.IsFalse))
            {
                return value;
            }

            if (value.Kind != CelKind.Bool)
            {
                error ??= value.Error ?? Locate(ErrorValues.NoOverload);
            }

            count += value.IsTrue ? 1 : 0;
        }

        return error is not null ? CelValue.Fail(error) : CelValue.Of(kind switch
        {
            ComprehensionKind.All => true,
            ComprehensionKind.Exists => false,
            _ => count == 1,
        });
    }

    private bool Turn(ref Frame frame, ref ValueIterator items)
    {
        if (!frame.Charge(cost))
        {
            return false;
        }

        if (items.Index >= frame.Limits.MaxComprehensionSize)
        {
            frame.Exceed(ErrorValues.Size);
            return false;
        }

        frame.Locals[first] = pairs ? items.CurrentKey : items.Current;
        if (pairs)
        {
            frame.Locals[first + 1] = items.CurrentValue;
        }

        return true;
    }
}
