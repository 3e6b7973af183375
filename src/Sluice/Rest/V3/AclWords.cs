using System.Collections.Frozen;

namespace Sluice.Rest.V3;

/// <summary>The wire names of one of the ACL enumerations.</summary>
internal sealed class AclWords<T>
    where T : struct, Enum
{
    private readonly FrozenDictionary<T, string> _names;
    private readonly FrozenDictionary<string, T> _bodyWords;
    private readonly FrozenDictionary<string, T> _queryWords;

    /// <param name="unknown">Words of Kafka's that the API has not: read as unknown, written as <c>UNKNOWN</c>.</param>
    public AclWords(params T[] unknown)
    {
        var words = Enum.GetValues<T>().Except(unknown).Select(v => KeyValuePair.Create(v, AclNames.Upper(v.ToString()))).ToArray();
        _names = words.ToFrozenDictionary();
        _bodyWords = words.ToFrozenDictionary(w => w.Value, w => w.Key, StringComparer.Ordinal);
        _queryWords = words.ToFrozenDictionary(w => w.Value, w => w.Key, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>For messages: <c>ANY, TOPIC, …</c>.</summary>
    public string All => string.Join(", ", _names.OrderBy(n => n.Key).Select(n => n.Value));

    public string Name(T value) => _names.GetValueOrDefault(value, "UNKNOWN");

    /// <summary>In a body: capitals only.</summary>
    public bool TryParseBody(string text, out T value) => _bodyWords.TryGetValue(text, out value);

    /// <summary>In a query: in any case.</summary>
    public bool TryParseQuery(string text, out T value) => _queryWords.TryGetValue(text, out value);
}
