using System.Buffers;
using System.Text;
using Confluent.SchemaRegistry;
using Sluice.SchemaRegistry;

namespace Sluice.Tests.SchemaRegistry;

/// <summary>What the formats' encoders take, and what they refuse rather than store something else than was sent.</summary>
public sealed class EncodersTests
{
    private const string Order = """
        {"type":"record","name":"Order","namespace":"example","fields":[
          {"name":"count","type":"int"},{"name":"total","type":"long"},{"name":"price","type":"double"},
          {"name":"note","type":["null","string","int",{"type":"enum","name":"Colour","symbols":["RED"]}]},
          {"name":"lines","type":{"type":"array","items":{"type":"record","name":"Line","fields":[{"name":"n","type":"int"}]}}},
          {"name":"tags","type":{"type":"map","values":"int"}},{"name":"raw","type":"bytes"},
          {"name":"at","type":{"type":"long","logicalType":"timestamp-millis"}},
          {"name":"maybe","type":["null",{"type":"long","logicalType":"timestamp-millis"}]}]}
        """;

    private const string Good = """{"count":5,"total":9007199254740993,"price":5.5,"note":null,"lines":[{"n":1}],"tags":{"a":1},"raw":"\u00ff","at":1,"maybe":null}""";

    [Theory]
    [InlineData("\"count\":5", "\"count\":5")]
    [InlineData("\"count\":5", "\"count\":5.0")]
    [InlineData("\"count\":5", "\"count\":-2147483648")]
    [InlineData("\"note\":null", "\"note\":{\"string\":\"x\"}")]
    [InlineData("\"note\":null", "\"note\":{\"int\":7}")]
    [InlineData("\"note\":null", "\"note\":{\"example.Colour\":\"RED\"}")]
    [InlineData("\"maybe\":null", "\"maybe\":{\"long\":7}")]
    [InlineData("\"price\":5.5", "\"price\":5")]
    [InlineData("\"tags\":{\"a\":1}", "\"tags\":{}")]
    public async Task Avro_takes_what_fits(string part, string instead) =>
        Assert.NotEmpty(await EncodeAsync(SchemaType.Avro, Order, Good.Replace(part, instead, StringComparison.Ordinal)));

    [Theory]
    [InlineData("\"count\":5", "\"count\":5.5", "data.count must be a whole number of 32 bits")]
    [InlineData("\"count\":5", "\"count\":2147483648", "data.count must be a whole number of 32 bits")]
    [InlineData("\"count\":5", "\"count\":\"5\"", "data.count must be a whole number of 32 bits")]
    [InlineData("\"count\":5", "\"count\":null", "data.count must be a whole number of 32 bits")]
    [InlineData("\"count\":5", "\"count\":5,\"colour\":1", "data.colour is no field of Order")]
    [InlineData("\"count\":5", "\"count\":5,\"count\":6", "data.count is given twice")]
    [InlineData("\"count\":5,", "", "data.count is missing")]
    [InlineData("9007199254740993", "9223372036854775808", "data.total must be a whole number of 64 bits")]
    [InlineData("9007199254740993", "0.1", "data.total must be a whole number of 64 bits")]
    [InlineData("{\"n\":1}", "{\"n\":1},{\"n\":1,\"m\":2}", "data.lines[1].m is no field of Line")]
    [InlineData("[{\"n\":1}]", "{}", "data.lines must be an array")]
    [InlineData("{\"a\":1}", "{\"a\":1.5}", "data.tags.a must be a whole number of 32 bits")]
    [InlineData("{\"a\":1}", "{\"a\":1,\"a\":2}", "data.tags.a is given twice")]
    [InlineData("\"note\":null", "\"note\":\"x\"", "data.note must be an object with one member")]
    [InlineData("\"note\":null", "\"note\":{\"int\":7,\"string\":\"x\"}", "data.note must be an object with one member")]
    [InlineData("\"note\":null", "\"note\":{\"long\":7}", "one of null, string, int, example.Colour")]
    [InlineData("\"note\":null", "\"note\":{\"int\":7.5}", "data.note.int must be a whole number of 32 bits")]
    [InlineData("\\u00ff", "\\u0100", "data.raw must be a string of characters up to U+00FF")]
    [InlineData("\"at\":1", "\"at\":1.5", "data.at must be a whole number of 64 bits")]
    public async Task Avro_refuses_what_its_library_would_bend(string part, string instead, string message)
    {
        var problem = await Assert.ThrowsAsync<SchemaException>(() => EncodeAsync(SchemaType.Avro, Order, Good.Replace(part, instead, StringComparison.Ordinal)));

        Assert.Equal(SchemaException.Serialization, problem.Code);
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"const":5}""", "const")]
    [InlineData("""{"properties":{"a":{"items":{"anyOf":[{"contains":{"type":"string"}}]}}}}""", "contains")]
    [InlineData("""{"propertyNames":{"pattern":"^a"}}""", "propertyNames")]
    [InlineData("""{"if":{"type":"string"},"then":{"minLength":2}}""", "if")]
    [InlineData("""{"dependencies":{"a":["b"]}}""", "dependencies")]
    [InlineData("""{"dependentRequired":{"a":["b"]}}""", "dependentRequired")]
    [InlineData("""{"dependentSchemas":{"a":{}}}""", "dependentSchemas")]
    [InlineData("""{"prefixItems":[{"type":"string"}]}""", "prefixItems")]
    [InlineData("""{"allOf":[{"unevaluatedProperties":false}]}""", "unevaluatedProperties")]
    [InlineData("""{"not":{"unevaluatedItems":false}}""", "unevaluatedItems")]
    [InlineData("""{"properties":{"a":{"$ref":"#/$defs/b"}},"$defs":{"b":{"const":1}}}""", "const")]
    [InlineData("""{"additionalProperties":{"const":1}}""", "const")]
    [InlineData("""{"patternProperties":{"^a":{"const":1}}}""", "const")]
    public async Task A_json_schema_with_a_keyword_that_would_be_ignored_is_refused_as_a_whole(string schema, string keyword)
    {
        var problem = await Assert.ThrowsAsync<SchemaException>(() => EncodeAsync(SchemaType.Json, schema, "{}"));

        Assert.Equal(SchemaException.InvalidSchema, problem.Code);
        Assert.Contains($"'{keyword}'", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"properties":{"const":{"type":"string"},"if":{}},"required":["const"]}""", """{"const":"x","if":1}""", true)] // names of members
    [InlineData("""{"properties":{"const":{"type":"string"}},"required":["const"]}""", """{"const":1}""", false)]
    [InlineData("""{"enum":[{"const":1}]}""", """{"const":1}""", true)]
    [InlineData("""{"examples":[{"if":1}],"default":{"const":2},"$comment":"c","title":"const"}""", "1", true)]
    [InlineData("""{"type":"integer","exclusiveMinimum":5}""", "5", false)]
    [InlineData("""{"type":"integer","exclusiveMinimum":5}""", "6", true)]
    [InlineData("""{"type":["string","null"],"maxLength":1}""", "\"xy\"", false)]
    [InlineData("""{"oneOf":[{"type":"string"},{"type":"integer"}]}""", "1.5", false)]
    [InlineData("""{"additionalProperties":false,"properties":{"a":{}}}""", """{"b":1}""", false)]
    [InlineData("""{"items":{"$ref":"#/definitions/n"},"definitions":{"n":{"type":"number","multipleOf":2}}}""", "[2,3]", false)]
    [InlineData("""{"items":[{"type":"string"}],"additionalItems":false}""", "[\"a\",1]", false)]
    [InlineData("""{"uniqueItems":true}""", "[1,1]", false)]
    [InlineData("""{"not":{"type":"string"}}""", "\"x\"", false)]
    [InlineData("""{"patternProperties":{"^a":{"type":"string"}}}""", """{"ab":1}""", false)]
    [InlineData("""{"minProperties":1}""", "{}", false)]
    [InlineData("""{"enum":[1,"a"]}""", "\"b\"", false)]
    public async Task A_json_schema_says_what_fits(string schema, string data, bool fits)
    {
        if (fits)
        {
            Assert.Equal(Encoding.UTF8.GetBytes(data), await EncodeAsync(SchemaType.Json, schema, data));
            return;
        }

        var problem = await Assert.ThrowsAsync<SchemaException>(() => EncodeAsync(SchemaType.Json, schema, data));
        Assert.Equal(SchemaException.Serialization, problem.Code);
    }

    [Theory]
    [InlineData("""syntax = "proto3"; import "google/protobuf/any.proto"; message A { google.protobuf.Any any = 1; }""", """{"any":{"@type":"type.googleapis.com/x","value":"AA=="}}""")]
    [InlineData("""syntax = "proto2"; message A { repeated group Result = 1 { optional string url = 2; } }""", """{"result":[{"url":"u"}]}""")]
    [InlineData("""syntax = "proto2"; message A { extensions 100 to 199; } extend A { optional int32 more = 126; }""", """{"[more]":1}""")]
    public async Task Protobufs_Any_groups_and_extensions_are_refused(string schema, string data)
    {
        var problem = await Assert.ThrowsAsync<SchemaException>(() => EncodeAsync(SchemaType.Protobuf, schema, data));

        Assert.True(problem.Code is SchemaException.InvalidSchema or SchemaException.Serialization, problem.Message);
    }

    private static async Task<byte[]> EncodeAsync(SchemaType type, string schema, string data)
    {
        var encoder = await SchemaEncoders.ParseAsync(type, schema, [], TestContext.Current.CancellationToken);
        var output = new ArrayBufferWriter<byte>();
        encoder.Encode(Encoding.UTF8.GetBytes(data), output);
        return output.WrittenSpan.ToArray();
    }
}
