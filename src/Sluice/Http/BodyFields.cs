using System.Text.Json;

namespace Sluice.Http;

/// <summary>
/// The members of one JSON object in a request, taken one by one: the first problem is remembered, unknown members are refused.
/// </summary>
/// <example><code>
/// var fields = new BodyFields(body);
/// var name = fields.RequiredString("topic_name");
/// if (fields.Finish() is { IsNone: false } error) { return new ErrorResult(error); }
/// </code></example>
internal sealed class BodyFields(JsonElement body, string path = "")
{
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private GatewayError _error;

    /// <summary>Where in the body this object is, for messages: empty, or such as <c>data[3].</c>.</summary>
    public string Path => path;

    /// <summary>A string that must be there. Empty (and a problem noted) when it is not.</summary>
    public string RequiredString(string name)
    {
        var value = OptionalString(name);
        if (value is null)
        {
            Note(Errors.BadRequest($"{path}{name} is required and must be a string"));
        }

        return value ?? "";
    }

    public string? OptionalString(string name) =>
        Take(name, JsonValueKind.String, "a string") is { } value ? value.GetString() : null;

    /// <summary>True, false, or null when the member is missing or null.</summary>
    public bool? OptionalBoolean(string name)
    {
        if (!TryTake(name, out var value))
        {
            return null;
        }

        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return value.GetBoolean();
        }

        Note(WrongType(name, "true or false", value.ValueKind));
        return null;
    }

    /// <summary>A whole number in the range of <see cref="int"/>.</summary>
    public int? OptionalInt32(string name)
    {
        if (Take(name, JsonValueKind.Number, "a whole number") is not { } value)
        {
            return null;
        }

        if (value.TryGetInt32(out var number))
        {
            return number;
        }

        Note(Errors.BadRequest($"{path}{name} must be a whole number between {int.MinValue} and {int.MaxValue}"));
        return null;
    }

    public short? OptionalInt16(string name)
    {
        var value = OptionalInt32(name);
        if (value is < short.MinValue or > short.MaxValue)
        {
            Note(Errors.BadRequest($"{path}{name} must be a whole number between {short.MinValue} and {short.MaxValue}"));
            return null;
        }

        return (short?)value;
    }

    /// <summary>An array's elements; null when the member is missing or null.</summary>
    public IReadOnlyList<JsonElement>? OptionalArray(string name) =>
        Take(name, JsonValueKind.Array, "an array") is { } value ? [.. value.EnumerateArray()] : null;

    /// <summary>An array of objects, each read by <paramref name="read"/>; a problem in one is a problem of this body.</summary>
    public IReadOnlyList<T>? OptionalObjects<T>(string name, Func<BodyFields, T> read)
    {
        if (OptionalArray(name) is not { } elements)
        {
            return null;
        }

        var result = new List<T>(elements.Count);
        for (var i = 0; i < elements.Count; i++)
        {
            var elementPath = $"{path}{name}[{i}]";
            if (elements[i].ValueKind != JsonValueKind.Object)
            {
                Note(Errors.BadRequest($"{elementPath} must be an object, not {Describe(elements[i].ValueKind)}"));
                return result;
            }

            var fields = new BodyFields(elements[i], elementPath + ".");
            result.Add(read(fields));
            Note(fields.Finish());
        }

        return result;
    }

    /// <summary>The same for an array that must be there. Empty (and a problem noted) when it is not.</summary>
    public IReadOnlyList<T> RequiredObjects<T>(string name, Func<BodyFields, T> read)
    {
        var result = OptionalObjects(name, read);
        if (result is null)
        {
            Note(Errors.BadRequest($"{path}{name} is required and must be an array of objects"));
        }

        return result ?? [];
    }

    /// <summary>An object's element; null when the member is missing or null.</summary>
    public JsonElement? OptionalObject(string name) => Take(name, JsonValueKind.Object, "an object");

    /// <summary>Any JSON value; null when the member is missing or null.</summary>
    public JsonElement? OptionalValue(string name) => TryTake(name, out var value) ? value : null;

    /// <summary>Remembers a problem, unless there is one already.</summary>
    public void Note(GatewayError error)
    {
        if (_error.IsNone)
        {
            _error = error;
        }
    }

    /// <summary>The first problem met, an unknown member included; none when all is well.</summary>
    public GatewayError Finish()
    {
        foreach (var property in body.EnumerateObject())
        {
            if (!_known.Contains(property.Name))
            {
                Note(Errors.UnrecognizedField($"{path}{property.Name}"));
                break;
            }
        }

        return _error;
    }

    public static string Describe(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "a boolean",
        _ => "null",
    };

    private JsonElement? Take(string name, JsonValueKind kind, string wanted)
    {
        if (!TryTake(name, out var value))
        {
            return null;
        }

        if (value.ValueKind == kind)
        {
            return value;
        }

        Note(WrongType(name, wanted, value.ValueKind));
        return null;
    }

    private bool TryTake(string name, out JsonElement value)
    {
        _known.Add(name);
        return body.TryGetProperty(name, out value) && value.ValueKind != JsonValueKind.Null;
    }

    private GatewayError WrongType(string name, string wanted, JsonValueKind found) =>
        Errors.BadRequest($"{path}{name} must be {wanted}, not {Describe(found)}");
}
