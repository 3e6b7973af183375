namespace Sluice.Cel.Linting;

/// <summary>
/// Values of one operand that between them bring about every combination of outcomes that its conditions can have.
/// </summary>
internal static class OperandSamples
{
    // Not likely to be in any filter.
    private const string Fresh = "\uE123";
    private const int MostTexts = 6;

    /// <returns>Vectors of outcomes, one for each condition; null when there are too many to look at.</returns>
    public static List<Outcomes[]>? Vectors(BasicCondition[] conditions, bool canFail)
    {
        var samples = Samples(conditions);
        if (samples is null)
        {
            return null;
        }

        var result = new Dictionary<string, Outcomes[]>(StringComparer.Ordinal);
        foreach (var sample in samples)
        {
            Add(Array.ConvertAll(conditions, condition => condition.On(sample)));
        }

        if (canFail)
        {
            // What holds the operand may be missing itself.
            Add(Array.ConvertAll(conditions, _ => Outcomes.Error));
        }

        return [.. result.Values];

        void Add(Outcomes[] vector) => result.TryAdd(string.Concat(vector.Select(outcome => (char)('0' + (int)outcome))), vector);
    }

    private static List<CelValue?>? Samples(BasicCondition[] conditions)
    {
        var result = new List<CelValue?> { null, CelValue.Null, CelValue.True, CelValue.False, CelValue.List(), CelValue.Of(""), CelValue.Of(Fresh) };
        var constants = conditions.SelectMany(condition => condition.Constants).ToArray();
        result.AddRange(constants.Select(constant => (CelValue?)constant));

        // Before, between and after the numbers.
        var numbers = constants.Where(constant => constant.IsNumber)
            .Select(constant => constant.Kind switch
            {
                CelKind.Int => constant.IntBits,
                CelKind.Uint => constant.UintBits,
                _ => constant.DoubleBits,
            })
            .Append(0.0).Distinct().Order().ToArray();
        result.Add(CelValue.Of(Math.BitDecrement(numbers[0]) - 1));
        result.Add(CelValue.Of(Math.BitIncrement(numbers[^1]) + 1));
        result.AddRange(numbers.Zip(numbers.Skip(1), (low, high) => (CelValue?)CelValue.Of((low / 2) + (high / 2))));

        return AddTexts(result, conditions) ? result : null;
    }

    private static bool AddTexts(List<CelValue?> result, BasicCondition[] conditions)
    {
        string[] Of(BasicTest test) =>
            [.. conditions.Where(condition => condition.Test == test).Select(condition => condition.Constants[0].Text).Distinct(StringComparer.Ordinal)];

        var starts = Of(BasicTest.StartsWith);
        var ends = Of(BasicTest.EndsWith);
        var inner = Of(BasicTest.Contains);
        if (starts.Length + ends.Length + inner.Length is 0)
        {
            return true;
        }

        if (starts.Length > MostTexts || ends.Length > MostTexts || inner.Length > MostTexts)
        {
            return false;
        }

        foreach (var start in starts.Append(""))
        {
            foreach (var end in ends.Append(""))
            {
                for (var chosen = 0; chosen < 1 << inner.Length; chosen++)
                {
                    var middle = string.Concat(inner.Where((_, i) => (chosen & (1 << i)) != 0).Select(text => Fresh + text));
                    result.Add(CelValue.Of($"{start}{middle}{Fresh}{end}"));
                }
            }
        }

        // Without anything between.
        result.AddRange(starts.Concat(ends).Concat(inner).Select(text => (CelValue?)CelValue.Of(text)));
        return true;
    }
}
