using System.Text.Json;
using Avro;
using AvroSchema = Avro.Schema;

namespace Sluice.SchemaRegistry.Avro;

/// <summary>
/// Holds JSON against a schema before Avro's own decoder reads it, which passes over members that no field has, takes the last of two of one name,
/// and rounds 5.5 to 6 for an int: what is stored must be what was sent.
/// </summary>
/// <remarks>https://avro.apache.org/docs/1.12.0/specification/#json-encoding.</remarks>
internal static class AvroJson
{
    /// <exception cref="SchemaException">Says where, and what is wanted there.</exception>
    public static void Check(AvroSchema schema, JsonElement data, string at = "data")
    {
        switch (schema)
        {
            case RecordSchema record:
                CheckRecord(record, data, at);
                break;
            case UnionSchema union:
                CheckUnion(union, data, at);
                break;
            case ArraySchema array:
                Require(data.ValueKind == JsonValueKind.Array, at, "an array");
                foreach (var (index, item) in data.EnumerateArray().Index())
                {
                    Check(array.ItemSchema, item, $"{at}[{index}]");
                }

                break;
            case MapSchema map:
                Require(data.ValueKind == JsonValueKind.Object, at, "an object");
                CheckTwice(data, at);
                foreach (var entry in data.EnumerateObject())
                {
                    Check(map.ValueSchema, entry.Value, $"{at}.{entry.Name}");
                }

                break;
            case LogicalSchema logical:
                Check(logical.BaseSchema, data, at);
                break;
            default:
                CheckSimple(schema.Tag, data, at);
                break;
        }
    }

    private static void CheckRecord(RecordSchema record, JsonElement data, string at)
    {
        Require(data.ValueKind == JsonValueKind.Object, at, $"an object, the record {record.Name}");
        CheckTwice(data, at);
        foreach (var member in data.EnumerateObject())
        {
            if (!record.Contains(member.Name))
            {
                throw SchemaException.NotEncodable($"{at}.{member.Name} is no field of {record.Name}.");
            }
        }

        foreach (var field in record.Fields)
        {
            if (!data.TryGetProperty(field.Name, out var value))
            {
                throw SchemaException.NotEncodable($"{at}.{field.Name} is missing: every field is given, also one with a default.");
            }

            Check(field.Schema, value, $"{at}.{field.Name}");
        }
    }

    /// <summary><c>null</c>, or <c>{"int": 5}</c>: the branch's name around its value.</summary>
    private static void CheckUnion(UnionSchema union, JsonElement data, string at)
    {
        if (data.ValueKind == JsonValueKind.Null)
        {
            Require(union.Schemas.Any(static branch => branch.Tag == AvroSchema.Type.Null), at, $"one of {Branches(union)}");
            return;
        }

        Require(data.ValueKind == JsonValueKind.Object && data.GetPropertyCount() == 1, at, $"an object with one member, named after the type it holds: one of {Branches(union)}");
        var chosen = data.EnumerateObject().First();
        var branch = union.Schemas.FirstOrDefault(candidate => Name(candidate) == chosen.Name);
        Require(branch is not null, at, $"an object with one member, named after the type it holds: one of {Branches(union)}");
        Check(branch!, chosen.Value, $"{at}.{chosen.Name}");
    }

    private static void CheckSimple(AvroSchema.Type type, JsonElement data, string at)
    {
        switch (type)
        {
            case AvroSchema.Type.Int:
                Require(Whole(data) is >= int.MinValue and <= int.MaxValue, at, "a whole number of 32 bits");
                break;
            case AvroSchema.Type.Long:
                Require(Whole(data) is >= long.MinValue and <= long.MaxValue, at, "a whole number of 64 bits");
                break;
            case AvroSchema.Type.Bytes or AvroSchema.Type.Fixed:
                Require(data.ValueKind == JsonValueKind.String && data.GetString()!.All(static c => c <= '\u00FF'), at, "a string of characters up to U+00FF, one for each byte");
                break;
            default:
                break; // the decoder is exact about the rest
        }
    }

    /// <summary>JSON writes 5, 5.0 and 5e0 for one number; null for what is none, or has a fraction.</summary>
    private static decimal? Whole(JsonElement data) =>
        data.ValueKind == JsonValueKind.Number && data.TryGetDecimal(out var number) && decimal.Truncate(number) == number ? number : null;

    private static void CheckTwice(JsonElement data, string at)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in data.EnumerateObject())
        {
            if (!seen.Add(member.Name))
            {
                throw SchemaException.NotEncodable($"{at}.{member.Name} is given twice.");
            }
        }
    }

    private static string Name(AvroSchema branch) => branch switch
    {
        LogicalSchema logical => Name(logical.BaseSchema),
        NamedSchema named => named.Fullname,
        _ => branch.Name,
    };

    private static string Branches(UnionSchema union) => string.Join(", ", union.Schemas.Select(Name));

    private static void Require(bool holds, string at, string wanted)
    {
        if (!holds)
        {
            throw SchemaException.NotEncodable($"{at} must be {wanted}.");
        }
    }
}
