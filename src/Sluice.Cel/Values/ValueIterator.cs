using System.Text.Json;

namespace Sluice.Cel.Values;

/// <summary>Walks a list's elements or a map's entries without copying them.</summary>
internal struct ValueIterator
{
    private readonly CelList? _list;
    private readonly bool _isMap;
    private JsonElement.ArrayEnumerator _array;
    private JsonElement.ObjectEnumerator _object;
    private Dictionary<CelValue, CelValue>.Enumerator _entries;
    private readonly Source _source;
    private int _index = -1;

    public ValueIterator(in CelValue value)
    {
        _isMap = value.Kind == CelKind.Map;
        if (value.IsJson)
        {
            _source = _isMap ? Source.JsonObject : Source.JsonArray;
            if (_isMap)
            {
                _object = value.Json.EnumerateObject();
            }
            else
            {
                _array = value.Json.EnumerateArray();
            }
        }
        else if (_isMap)
        {
            _source = Source.Map;
            _entries = value.Entries.GetEnumerator();
        }
        else
        {
            _source = Source.List;
            _list = value.Items;
        }
    }

    private enum Source : byte
    {
        List,
        Map,
        JsonArray,
        JsonObject,
    }

    /// <summary>From 0.</summary>
    public readonly int Index => _index;

    /// <summary>The list's element or the map's key.</summary>
    public readonly CelValue Current => _source switch
    {
        Source.JsonArray => CelValue.FromJson(_array.Current),
        Source.List => _list![_index],
        Source.Map => _entries.Current.Key,
        _ => CelValue.Of(NameOf(_object.Current)),
    };

    /// <summary>With two variables, the first: a list's index, a map's key.</summary>
    public readonly CelValue CurrentKey => _isMap ? Current : CelValue.Of((long)_index);

    /// <summary>With two variables, the second: a list's element, a map's value.</summary>
    public readonly CelValue CurrentValue => _source switch
    {
        Source.Map => _entries.Current.Value,
        Source.JsonObject => CelValue.FromJson(_object.Current.Value),
        _ => Current,
    };

    public bool MoveNext()
    {
        _index++;
        return _source switch
        {
            Source.JsonArray => _array.MoveNext(),
            Source.List => _index < _list!.Count,
            Source.Map => _entries.MoveNext(),
            _ => _object.MoveNext(),
        };
    }

    private static string NameOf(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            return "\uFFFD"; // Not valid Unicode: no program can name it.
        }
    }
}
