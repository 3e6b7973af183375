using System.Text.Json;

namespace Sluice.Cel.Values;

/// <summary>JSON to values, where wrapping is not enough.</summary>
internal static class JsonValues
{
    public static CelValue ToNumber(in JsonElement json)
    {
        if (json.TryGetInt64(out var signed))
        {
            return CelValue.Of(signed);
        }

        // A literal with '.' or an exponent is not read by the integer readers, whatever its value.
        return json.TryGetUInt64(out var unsigned) ? CelValue.Of(unsigned)
            : json.TryGetDouble(out var real) ? CelValue.Of(real)
            : CelValue.Fail("not a number");
    }

    public static CelList ToList(in JsonElement json)
    {
        var items = new CelValue[json.GetArrayLength()];
        var next = 0;
        foreach (var item in json.EnumerateArray())
        {
            items[next++] = CelValue.FromJson(item);
        }

        return new CelList(items);
    }

    public static CelMap ToMap(in JsonElement json)
    {
        var map = new CelMap(json.GetPropertyCount());
        var entries = new ValueIterator(CelValue.FromJson(json));
        while (entries.MoveNext())
        {
            map.Set(entries.Current, entries.CurrentValue);
        }

        return map;
    }
}
