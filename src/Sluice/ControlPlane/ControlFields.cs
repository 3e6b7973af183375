using System.Text.Json;
using Sluice.Http;

namespace Sluice.ControlPlane;

/// <summary>
/// The members of a JSON object in a control-plane request, taken one by one. All problems are collected; members that are not taken are refused.
/// </summary>
/// <param name="body">The object.</param>
/// <param name="status">What an invalid member answers: 422, or 400 where the API has no 422.</param>
/// <param name="path">Where the object is (RFC 6901).</param>
internal sealed class ControlFields(JsonElement body, int status = 422, string path = "")
{
    // What the server sets and clients may send back as they read it.
    private static readonly string[] ServerSide = ["api_version", "kind", "id", "metadata"];

    private readonly HashSet<string> _known = [.. ServerSide];
    private readonly List<ControlError> _errors = [];

    /// <summary>A string with 1 to <paramref name="maxLength"/> characters (Unicode code points) that must be there.</summary>
    public string Required(string name, int maxLength)
    {
        var value = Present(name, maxLength);
        if (value.Length == 0)
        {
            Problem(name, $"{name} must not be empty.", unlessKnown: true);
        }

        return value;
    }

    /// <summary>A string that must be there and may be empty.</summary>
    public string Present(string name, int maxLength)
    {
        var value = Optional(name, maxLength);
        if (value is null)
        {
            Problem(name, $"{name} is required and must be a string.", unlessKnown: true);
        }

        return value ?? "";
    }

    /// <summary>A string; null when the member is missing or null.</summary>
    public string? Optional(string name, int maxLength)
    {
        if (!TryTake(name, out var value))
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.String)
        {
            Problem(name, $"{name} must be a string, not {BodyFields.Describe(value.ValueKind)}.");
            return null;
        }

        var text = value.GetString()!;
        if (text.Length > maxLength && text.EnumerateRunes().Count() is var length && length > maxLength)
        {
            Problem(name, $"{name} has {length} characters; the most is {maxLength}.");
        }

        return text;
    }

    /// <summary>A string that may be changed and, when it is sent, must not be empty.</summary>
    public string? OptionalNotEmpty(string name, int maxLength)
    {
        var value = Optional(name, maxLength);
        if (value is { Length: 0 })
        {
            Problem(name, $"{name} must not be empty.");
        }

        return value;
    }

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

        Problem(name, $"{name} must be true or false, not {BodyFields.Describe(value.ValueKind)}.");
        return null;
    }

    /// <summary>The members of an object, read by <paramref name="read"/>; the default when it is missing or null.</summary>
    public T? Object<T>(string name, Func<ControlFields, T> read)
    {
        if (!TryTake(name, out var value))
        {
            return default;
        }

        if (value.ValueKind != JsonValueKind.Object)
        {
            Problem(name, $"{name} must be an object, not {BodyFields.Describe(value.ValueKind)}.");
            return default;
        }

        var fields = new ControlFields(value, status, $"{path}/{name}");
        var result = read(fields);
        _errors.AddRange(fields.Finish());
        return result;
    }

    /// <summary>An array of objects, each read by <paramref name="read"/>; null when it is missing or null.</summary>
    public IReadOnlyList<T>? Objects<T>(string name, Func<ControlFields, T> read)
    {
        if (!TryTake(name, out var value))
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.Array || value.EnumerateArray().Any(e => e.ValueKind != JsonValueKind.Object))
        {
            Problem(name, $"{name} must be an array of objects.");
            return null;
        }

        var results = new List<T>();
        foreach (var (index, element) in value.EnumerateArray().Index())
        {
            var fields = new ControlFields(element, status, $"{path}/{name}/{index}");
            results.Add(read(fields));
            _errors.AddRange(fields.Finish());
        }

        return results;
    }

    /// <summary>An array of strings, each with at most <paramref name="maxLength"/> UTF-16 units; null when it is missing or null.</summary>
    public IReadOnlyList<string>? Strings(string name, int maxLength)
    {
        if (!TryTake(name, out var value))
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.Array
            || value.EnumerateArray().Any(e => e.ValueKind != JsonValueKind.String || e.GetString()!.Length is var length && (length == 0 || length > maxLength)))
        {
            Problem(name, $"{name} must be an array of strings, each with 1 to {maxLength} characters.");
            return null;
        }

        return [.. value.EnumerateArray().Select(e => e.GetString()!)];
    }

    /// <summary>Members that clients send and that say nothing here.</summary>
    public void Ignore(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            _known.Add(name);
        }
    }

    /// <summary>True when the member is there, even as null.</summary>
    public bool Has(string name) => body.TryGetProperty(name, out _);

    /// <summary>True when a problem with the member is known already.</summary>
    public bool HasProblem(string name) => _errors.Exists(e => e.Pointer == $"{path}/{Escape(name)}");

    /// <summary>Adds a problem with a member.</summary>
    public void Problem(string name, string detail) => Problem(name, detail, unlessKnown: false);

    /// <summary>Every problem met, unknown members included.</summary>
    public IReadOnlyList<ControlError> Finish()
    {
        foreach (var property in body.EnumerateObject())
        {
            if (!_known.Contains(property.Name))
            {
                Problem(property.Name, $"'{Shorten(property.Name)}' is not a property of this resource.");
            }
        }

        return _errors;
    }

    private static string Shorten(string name) => name.Length <= 64 ? name : name[..63] + "…";

    private static string Escape(string name) => name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    private void Problem(string name, string detail, bool unlessKnown)
    {
        var pointer = $"{path}/{Escape(Shorten(name))}";
        if (unlessKnown && _errors.Exists(e => e.Pointer == pointer))
        {
            return;
        }

        _errors.Add(ControlErrors.Invalid(pointer, detail) with { Status = status });
    }

    private bool TryTake(string name, out JsonElement value)
    {
        _known.Add(name);
        return body.TryGetProperty(name, out value) && value.ValueKind != JsonValueKind.Null;
    }
}
