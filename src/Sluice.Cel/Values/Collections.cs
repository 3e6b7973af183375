using System.Text.Json;

namespace Sluice.Cel.Values;

/// <summary>Lists and maps, whether built by a program or wrapped JSON.</summary>
internal static class Collections
{
    /// <summary>Elements of a list, entries of a map.</summary>
    public static int Count(in CelValue value) => (value.Kind, value.IsJson) switch
    {
        (CelKind.List, true) => value.Json.GetArrayLength(),
        (CelKind.List, false) => value.Items.Count,
        (CelKind.Map, true) => value.Json.GetPropertyCount(),
        _ => value.Entries.Count,
    };

    public static CelValue ItemAt(in CelValue list, int index) =>
        list.IsJson ? CelValue.FromJson(list.Json[index]) : list.Items[index];

    /// <summary>A map's value; keys are compared across numeric types.</summary>
    public static bool TryGetMember(in CelValue map, in CelValue key, out CelValue value)
    {
        if (!map.IsJson)
        {
            return map.Entries.TryGetValue(key, out value);
        }

        if (key.Kind == CelKind.String && TryGetProperty(map.Json, key, out var found))
        {
            value = CelValue.FromJson(found);
            return true;
        }

        value = default;
        return false;
    }

    private static bool TryGetProperty(in JsonElement json, in CelValue key, out JsonElement value) =>
        key.IsJson && JsonText.TryGetPlain(key.Json, out var utf8)
            ? JsonText.TryGetProperty(json, utf8, out value)
            : JsonText.TryGetProperty(json, key.Text, out value);
}
