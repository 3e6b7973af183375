using System.Buffers.Binary;
using System.Net;
using System.Text;
using System.Text.Json;
using Avro.Generic;
using Avro.IO;
using Google.Protobuf;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Sluice.Hosting;
using Sluice.Kafka;
using Sluice.Kafka.Records;
using Sluice.Testing;
using Sluice.Testing.Kafka;
using AvroSchema = Avro.Schema;

namespace Sluice.Tests.SchemaRegistry;

/// <summary>Records with schemas of a real registry, read back from the cluster and decoded by the formats' own libraries.</summary>
public sealed class SchemaFormatsTests(SchemaFormatsTests.Fixture fixture) : IClassFixture<SchemaFormatsTests.Fixture>
{
    private const string Person = """
        {"type":"record","name":"Person","namespace":"example","fields":[
          {"name":"name","type":"string"},
          {"name":"age","type":["null","int"],"default":null}]}
        """;

    private const string PersonProto = """
        syntax = "proto3";
        package example;
        import "google/protobuf/timestamp.proto";
        message Person {
          string full_name = 1;
          repeated sint32 marks = 2;
          map<string, Address> homes = 3;
          google.protobuf.Timestamp born = 4;
          oneof id { int64 number = 5; string code = 6; }
          Colour colour = 7;
          optional bool member = 8;
          bytes photo = 9;
          double score = 10;
          message Address { string street = 1; }
          enum Colour { NONE = 0; RED = 1; }
        }
        """;

    private const string PersonJson = """
        {"$schema":"http://json-schema.org/draft-07/schema#","title":"Person","type":"object",
         "properties":{"name":{"type":"string"},"age":{"type":"integer","minimum":0}},"required":["name"],"additionalProperties":false}
        """;

    private static int _topics;

    [Fact]
    public async Task A_raw_avro_schema_is_registered_and_the_record_decodes_with_it()
    {
        var topic = await TopicAsync();

        var report = await ProduceAsync(topic, $$"""{"value":{"type":"AVRO","schema":{{Quote(Person)}},"data":{"name":"Ann","age":{"int":41} } } }""");

        var registered = await fixture.Registry.VersionAsync($"{topic}-value");
        AssertData(report.GetProperty("value"), "AVRO", $"{topic}-value", registered.GetProperty("id").GetInt32(), 1);
        var record = Assert.Single(await ReadAsync(topic));
        var (id, payload) = Unframe(record.Value);
        Assert.Equal(registered.GetProperty("id").GetInt32(), id);
        Assert.Equal(record.Value!.Value.Length, report.GetProperty("value").GetProperty("size").GetInt32());
        var schema = AvroSchema.Parse(registered.GetProperty("schema").GetString()!);
        var person = new GenericDatumReader<GenericRecord>(schema, schema).Read(null!, new BinaryDecoder(new MemoryStream(payload.ToArray())));
        Assert.Equal(("Ann", 41), ((string)person["name"], (int)person["age"]));
    }

    [Fact]
    public async Task Id_version_and_latest_need_no_type_and_say_in_the_report_what_was_used()
    {
        var topic = await TopicAsync();
        var first = await fixture.Registry.RegisterAsync($"{topic}-value", "AVRO", "\"long\"");
        var second = await fixture.Registry.RegisterAsync($"{topic}-value", "AVRO", "\"string\"");
        var key = await fixture.Registry.RegisterAsync($"{topic}-key", "AVRO", "\"int\"");

        var reports = await ProduceAllAsync(topic, $$"""
            {"key":{"data":7},"value":{"schema_id":{{first}},"data":5} }
            {"value":{"schema_version":2,"data":"two"} }
            {"value":{"data":"latest"} }
            {"value":{"subject":"{{topic}}-key","data":9} }
            {"value":{"subject_name_strategy":"TOPIC_NAME","schema_version":1,"data":6} }
            """);

        AssertData(reports[0].GetProperty("key"), "AVRO", $"{topic}-key", key, 1);
        AssertData(reports[0].GetProperty("value"), "AVRO", $"{topic}-value", first, 1);
        AssertData(reports[1].GetProperty("value"), "AVRO", $"{topic}-value", second, 2);
        AssertData(reports[2].GetProperty("value"), "AVRO", $"{topic}-value", second, 2);
        AssertData(reports[3].GetProperty("value"), "AVRO", $"{topic}-key", key, 1);
        AssertData(reports[4].GetProperty("value"), "AVRO", $"{topic}-value", first, 1);
        var records = await ReadAsync(topic);
        Assert.Equal([0x0E], Unframe(records[0].Key).Payload.ToArray());
        Assert.Equal([0x0A], Unframe(records[0].Value).Payload.ToArray());
        Assert.Equal("\u0006two", Encoding.UTF8.GetString(Unframe(records[1].Value).Payload.Span));
        Assert.Equal("\u000clatest", Encoding.UTF8.GetString(Unframe(records[2].Value).Payload.Span));
    }

    [Theory]
    [InlineData("AVRO", Person, "example.Person", """{"name":"Ann","age":null}""")]
    [InlineData("PROTOBUF", PersonProto, "example.Person", """{"fullName":"Ann"}""")]
    [InlineData("JSONSCHEMA", PersonJson, "Person", """{"name":"Ann"}""")]
    public async Task Subject_name_strategies_take_the_name_out_of_the_schema(string type, string schema, string name, string data)
    {
        var topic = await TopicAsync();

        var report = await ProduceAsync(topic, $$"""
            {"key":{"type":"{{type}}","subject_name_strategy":"RECORD_NAME","schema":{{Quote(schema)}},"data":{{data}} },
             "value":{"type":"{{type}}","subject_name_strategy":"TOPIC_RECORD_NAME","schema":{{Quote(schema)}},"data":{{data}} } }
            """);

        Assert.Equal(name, report.GetProperty("key").GetProperty("subject").GetString());
        Assert.Equal($"{topic}-{name}", report.GetProperty("value").GetProperty("subject").GetString());
        Assert.Equal(type, report.GetProperty("value").GetProperty("type").GetString());
    }

    [Fact]
    public async Task A_protobuf_message_is_read_field_by_field_by_protobufs_own_reader()
    {
        var topic = await TopicAsync();
        await fixture.Registry.RegisterAsync($"{topic}-value", "PROTOBUF", PersonProto);

        var report = await ProduceAsync(topic, """
            {"value":{"data":{"fullName":"Ann","marks":[1,-2,300],"homes":{"a":{"street":"s"}},"born":"2001-02-03T04:05:06.5Z",
              "number":"9007199254740993","colour":"RED","member":false,"photo":"AQI=","score":0}}}
            """);

        AssertData(report.GetProperty("value"), "PROTOBUF", $"{topic}-value", report.GetProperty("value").GetProperty("schema_id").GetInt32(), 1);
        var payload = Unframe(Assert.Single(await ReadAsync(topic)).Value).Payload;
        Assert.Equal(0, payload.Span[0]); // the first message of the file
        using var input = new CodedInputStream(payload[1..].ToArray());
        Assert.Equal((1U << 3) | 2, input.ReadTag());
        Assert.Equal("Ann", input.ReadString());
        Assert.Equal((2U << 3) | 2, input.ReadTag());
        Assert.Equal(4, input.ReadLength());
        Assert.Equal([1, -2, 300], [input.ReadSInt32(), input.ReadSInt32(), input.ReadSInt32()]);
        Assert.Equal((3U << 3) | 2, input.ReadTag());
        Assert.Equal(new byte[] { 0x0A, 1, (byte)'a', 0x12, 3, 0x0A, 1, (byte)'s' }, input.ReadBytes().ToByteArray());
        Assert.Equal((4U << 3) | 2, input.ReadTag());
        var born = Google.Protobuf.WellKnownTypes.Timestamp.Parser.ParseFrom(input.ReadBytes());
        Assert.Equal(new DateTime(2001, 2, 3, 4, 5, 6, 500, DateTimeKind.Utc), born.ToDateTime());
        Assert.Equal(5U << 3, input.ReadTag());
        Assert.Equal(9007199254740993, input.ReadInt64());
        Assert.Equal(7U << 3, input.ReadTag());
        Assert.Equal(1, input.ReadEnum());
        Assert.Equal(8U << 3, input.ReadTag());
        Assert.False(input.ReadBool());
        Assert.Equal((9U << 3) | 2, input.ReadTag());
        Assert.Equal([1, 2], input.ReadBytes().ToByteArray());
        Assert.True(input.IsAtEnd); // score is proto3's default, which is not written
    }

    [Fact]
    public async Task A_json_schema_keeps_the_json_compact()
    {
        var topic = await TopicAsync();

        var report = await ProduceAsync(topic, $$"""{"value":{"type":"JSONSCHEMA","schema":{{Quote(PersonJson)}},"data":{ "name": "Zoë",  "age": 3 } } }""");

        Assert.Equal("JSONSCHEMA", report.GetProperty("value").GetProperty("type").GetString());
        Assert.Equal("""{"name":"Zoë","age":3}""", Encoding.UTF8.GetString(Unframe(Assert.Single(await ReadAsync(topic)).Value).Payload.Span));
    }

    [Fact]
    public async Task Schemas_may_refer_to_others_of_the_registry()
    {
        var topic = await TopicAsync();
        await fixture.Registry.RegisterAsync($"{topic}-address", "AVRO", """{"type":"record","name":"Address","namespace":"example","fields":[{"name":"street","type":"string"}]}""");
        await fixture.Registry.RegisterAsync($"{topic}-value", "AVRO",
            """{"type":"record","name":"House","namespace":"example","fields":[{"name":"at","type":"example.Address"}]}""", ("example.Address", $"{topic}-address", 1));
        await fixture.Registry.RegisterAsync($"{topic}-proto", "PROTOBUF", """syntax = "proto3"; package shared; message Address { string street = 1; }""");
        await fixture.Registry.RegisterAsync($"{topic}-key", "PROTOBUF",
            """syntax = "proto3"; import "address.proto"; message House { shared.Address at = 1; }""", ("address.proto", $"{topic}-proto", 1));

        await ProduceAsync(topic, """{"key":{"data":{"at":{"street":"k"}}},"value":{"data":{"at":{"street":"v"}}}}""");

        var record = Assert.Single(await ReadAsync(topic));
        Assert.Equal([0, 0x0A, 3, 0x0A, 1, (byte)'k'], Unframe(record.Key).Payload.ToArray());
        Assert.Equal([2, (byte)'v'], Unframe(record.Value).Payload.ToArray());
    }

    [Theory]
    [InlineData("""{"value":{"type":"AVRO","data":1}}""", "type AVRO, JSONSCHEMA and PROTOBUF goes with schema")]
    [InlineData("""{"value":{"type":"AVRO","schema":"\"int\"","schema_id":1,"data":1}}""", "only one of")]
    [InlineData("""{"value":{"schema":"\"int\"","data":1}}""", "schema goes with type")]
    [InlineData("""{"value":{"schema_id":1,"schema_version":1,"data":1}}""", "only one of")]
    [InlineData("""{"value":{"subject":"s","subject_name_strategy":"TOPIC_NAME","data":1}}""", "exclude each other")]
    [InlineData("""{"value":{"subject_name_strategy":"RECORD_NAME","data":1}}""", "need schema_id or schema")]
    [InlineData("""{"value":{"subject_name_strategy":"TOPIC_RECORD_NAME","schema_version":1,"data":1}}""", "need schema_id or schema")]
    [InlineData("""{"value":{"subject_name_strategy":"OTHER","data":1}}""", "subject_name_strategy must be")]
    [InlineData("""{"value":{"schema_id":"1","data":1}}""", "schema_id must be")]
    [InlineData("""{"value":{"schema_version":0,"data":1}}""", "schema_version must be")]
    [InlineData("""{"value":{"subject":5,"data":1}}""", "subject must be")]
    [InlineData("""{"value":{"type":"JSON","subject":"s","data":1}}""", "take no subject")]
    [InlineData("""{"value":{"type":"STRING","schema_id":1,"data":"a"}}""", "take no subject")]
    [InlineData("""{"value":{"type":"CSV","data":"a"}}""", "AVRO, JSONSCHEMA or PROTOBUF")]
    public async Task What_contradicts_itself_is_reported_as_400_and_the_stream_goes_on(string record, string text)
    {
        var topic = await TopicAsync();

        var reports = await ReportsAsync(topic, record + """{"value":{"type":"STRING","data":"next"}}""");

        Assert.Equal(400, reports[0].GetProperty("error_code").GetInt32());
        Assert.Contains(text, reports[0].GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(200, reports[1].GetProperty("error_code").GetInt32());
    }

    [Theory]
    [InlineData("""{"value":{"data":1}}""", "Error: 42207 : ")]
    [InlineData("""{"value":{"schema_id":987654,"data":1}}""", "Error: 42207 : ")]
    [InlineData("""{"value":{"subject":"nowhere","schema_version":3,"data":1}}""", "Error: 42207 : ")]
    [InlineData("""{"value":{"type":"AVRO","schema":"{\"type\":\"recor\"}","data":1}}""", "Error: 42205 : ")]
    [InlineData("""{"value":{"type":"AVRO","schema":"not json","data":1}}""", "Error: 42205 : ")]
    [InlineData("""{"value":{"type":"PROTOBUF","schema":"message {","data":{}}}""", "Error: 42205 : ")]
    [InlineData("""{"value":{"type":"PROTOBUF","schema":"syntax = \"proto3\"; message A { B b = 1; }","data":{}}}""", "Error: 42205 : ")]
    [InlineData("""{"value":{"type":"JSONSCHEMA","schema":"[","data":{}}}""", "Error: 42205 : ")]
    [InlineData("""{"value":{"type":"JSONSCHEMA","schema":"{\"allOf\":[{\"$ref\":\"#\"}]}","data":{}}}""", "Error: 42205 : ")]
    [InlineData("""{"value":{"type":"JSONSCHEMA","schema":"{\"properties\":{\"a\":{\"$ref\":\"file:///etc/passwd\"}}}","data":{}}}""", "Error: 42205 : ")]
    [InlineData("""{"value":{"type":"AVRO","schema":"\"int\"","data":"text"}}""", "Error: 42207 : Error serializing message.")]
    [InlineData("""{"value":{"type":"AVRO","schema":"\"int\"","data":null}}""", "Error: 42207 : Error serializing message.")]
    [InlineData("""{"value":{"type":"AVRO","schema":"\"int\"","data":99999999999}}""", "Error: 42207 : Error serializing message.")]
    [InlineData("""{"value":{"type":"PROTOBUF","schema":"syntax = \"proto3\"; message A { int32 n = 1; }","data":{"n":"x"}}}""", "Error: 42207 : Error serializing message.")]
    [InlineData("""{"value":{"type":"PROTOBUF","schema":"syntax = \"proto3\"; message A { int32 n = 1; }","data":{"m":1}}}""", "Error: 42207 : Error serializing message.")]
    [InlineData("""{"value":{"type":"JSONSCHEMA","schema":"{\"$schema\":\"http://json-schema.org/draft-07/schema#\",\"type\":\"object\"}","data":3}}""", "Error: 42207 : Error serializing message.")]
    public async Task Schema_problems_are_reported_as_422_with_the_real_code_in_the_text_and_the_stream_goes_on(string record, string text)
    {
        var topic = await TopicAsync();

        var reports = await ReportsAsync(topic, record + """{"value":{"type":"STRING","data":"next"}}""");

        Assert.Equal(422, reports[0].GetProperty("error_code").GetInt32());
        Assert.StartsWith(text, reports[0].GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(["error_code", "message"], reports[0].EnumerateObject().Select(member => member.Name));
        Assert.Equal(200, reports[1].GetProperty("error_code").GetInt32());
        Assert.Single(await ReadAsync(topic));
    }

    [Fact]
    public async Task Null_data_is_a_tombstone_where_the_schema_admits_it()
    {
        var topic = await TopicAsync();
        await fixture.Registry.RegisterAsync($"{topic}-value", "AVRO", """["null","int"]""");

        var report = await ProduceAsync(topic, """{"value":{"data":null}}""");

        Assert.Equal(-1, report.GetProperty("value").GetProperty("size").GetInt32());
        Assert.Null(Assert.Single(await ReadAsync(topic)).Value);
    }

    [Fact]
    public async Task Records_with_and_without_schemas_keep_their_order()
    {
        var topic = await TopicAsync();
        await fixture.Registry.RegisterAsync($"{topic}-value", "AVRO", "\"string\"");
        var records = Enumerable.Range(0, 300).Select(i => i % 3 == 0
            ? $$"""{"partition_id":0,"value":{"data":"{{i:000}}"} }"""
            : $$"""{"partition_id":0,"key":{"type":"STRING","data":"k"},"value":{"type":"STRING","data":"{{i:000}}"} }""");

        var reports = await ReportsAsync(topic, string.Concat(records));

        Assert.Equal(Enumerable.Range(0, 300), reports.Select(report => report.GetProperty("offset").GetInt32()));
        var stored = await ReadAsync(topic);
        Assert.Equal(Enumerable.Range(0, 300).Select(i => $"{i:000}"), stored.Select(record => Encoding.UTF8.GetString(record.Value!.Value.Span[^3..])));
    }

    [Fact]
    public async Task A_batch_takes_schemas_too()
    {
        var topic = await TopicAsync();

        var answer = await fixture.Gateway.PostAsync($"{fixture.Gateway.Cluster}/topics/{topic}/records:batch", """
            {"entries":[{"id":"good","value":{"type":"AVRO","schema":"\"int\"","data":5}},{"id":"bad","value":{"schema_version":1,"data":"x"}}]}
            """);

        Assert.Equal(207, answer.Status);
        AssertData(
            Assert.Single(answer.Json.GetProperty("successes").EnumerateArray()).GetProperty("value"),
            "AVRO", $"{topic}-value", (await fixture.Registry.VersionAsync($"{topic}-value")).GetProperty("id").GetInt32(), 1);
        var failure = Assert.Single(answer.Json.GetProperty("failures").EnumerateArray());
        Assert.Equal(("bad", 422), (failure.GetProperty("id").GetString(), failure.GetProperty("error_code").GetInt32()));
        Assert.Equal([0x0A], Unframe(Assert.Single(await ReadAsync(topic)).Value).Payload.ToArray());
    }

    [Fact]
    public async Task On_a_real_kafka_the_bytes_are_the_same()
    {
        Assert.SkipUnless(TestSchemaRegistry.Available, TestSchemaRegistry.Missing);
        if (RealKafka.WhyNot(new RealKafkaOptions()) is { } why)
        {
            Assert.Skip(why);
        }

        var kafka = await SharedKafka.StartAsync();
        await using var gateway = await GatewayHost.StartAsync(dev: dev => dev with { Kafka = kafka.Plain, UnavailableAfter = TimeSpan.FromSeconds(30), SchemaRegistry = fixture.Registry.Url });
        var topic = $"schemas-{Guid.NewGuid():N}";
        await gateway.CreateTopicAsync(topic);

        var answer = await gateway.PostAsync($"{gateway.Cluster}/topics/{topic}/records", $$"""
            {"value":{"type":"AVRO","schema":{{Quote(Person)}},"data":{"name":"Ann","age":{"int":41} } } }
            """);

        Assert.Equal(200, answer.ErrorCode);
        var cluster = gateway.Services.GetRequiredService<ClusterDirectory>().All[0].For(new ClusterCaller("User:test", null, null));
        var read = await cluster.ReadAsync(new TopicPartition(topic, 0), 0, 10, 1024 * 1024, TestContext.Current.CancellationToken);
        var (id, payload) = Unframe(Assert.Single(read.Value).Value);
        Assert.Equal(answer.Json.GetProperty("value").GetProperty("schema_id").GetInt32(), id);
        var schema = AvroSchema.Parse(Person);
        var person = new GenericDatumReader<GenericRecord>(schema, schema).Read(null!, new BinaryDecoder(new MemoryStream(payload.ToArray())));
        Assert.Equal("Ann", (string)person["name"]);
    }

    [Fact]
    public async Task A_new_latest_version_is_used_after_its_time_to_live()
    {
        await using var gateway = await StartAsync(("LatestTimeToLive", "00:00:00"));
        var topic = "latest-moves";
        await gateway.CreateTopicAsync(topic);
        await fixture.Registry.RegisterAsync($"{topic}-value", "AVRO", "\"string\"");
        var first = await gateway.PostAsync($"{gateway.Cluster}/topics/{topic}/records", """{"value":{"data":"a"}}""");
        await fixture.Registry.RegisterAsync($"{topic}-value", "AVRO", """["null","string"]""");
        var second = await gateway.PostAsync($"{gateway.Cluster}/topics/{topic}/records", """{"value":{"data":{"string":"a"}}}""");

        Assert.Equal(1, first.Json.GetProperty("value").GetProperty("schema_version").GetInt32());
        Assert.Equal(2, second.Json.GetProperty("value").GetProperty("schema_version").GetInt32());
    }

    [Fact]
    public async Task Without_leave_to_register_an_unknown_schema_is_refused()
    {
        await using var gateway = await StartAsync(("RegisterSchemas", "false"));
        await gateway.CreateTopicAsync("closed");

        var answer = await gateway.PostAsync($"{gateway.Cluster}/topics/closed/records", """{"value":{"type":"AVRO","schema":"\"bytes\"","data":"a"}}""");

        Assert.Equal(422, answer.ErrorCode);
        Assert.StartsWith("Error: 42207 : ", answer.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_registry_that_is_out_of_reach_is_a_422_without_its_address_and_other_records_pass()
    {
        var port = FreePort.Next();
        await using var gateway = await GatewayHost.StartAsync(builder => builder.Configuration.AddInMemoryCollection(
            [new("Sluice:SchemaRegistry:Url", $"http://127.0.0.1:{port}")]));
        await gateway.CreateTopicAsync("t");

        var answer = await gateway.PostAsync(
            $"{gateway.Cluster}/topics/t/records", """{"value":{"data":1}}{"value":{"type":"STRING","data":"a"}}""");

        Assert.Equal(422, answer.Lines[0].GetProperty("error_code").GetInt32());
        Assert.Contains("cannot be reached", answer.Lines[0].GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain($"{port}", answer.Body, StringComparison.Ordinal);
        Assert.Equal(200, answer.Lines[1].GetProperty("error_code").GetInt32());
    }

    private static string Quote(string text) => JsonSerializer.Serialize(text);

    private static (int Id, ReadOnlyMemory<byte> Payload) Unframe(ReadOnlyMemory<byte>? bytes)
    {
        Assert.NotNull(bytes);
        Assert.Equal(0, bytes.Value.Span[0]);
        return (BinaryPrimitives.ReadInt32BigEndian(bytes.Value.Span[1..]), bytes.Value[5..]);
    }

    private static void AssertData(JsonElement data, string type, string subject, int id, int version)
    {
        Assert.Equal(["type", "size", "subject", "schema_id", "schema_version"], data.EnumerateObject().Select(member => member.Name));
        Assert.Equal(
            (type, subject, id, version),
            (data.GetProperty("type").GetString(), data.GetProperty("subject").GetString(), data.GetProperty("schema_id").GetInt32(), data.GetProperty("schema_version").GetInt32()));
    }

    private async Task<string> TopicAsync()
    {
        Assert.SkipUnless(TestSchemaRegistry.Available, TestSchemaRegistry.Missing);
        var topic = $"schemas-{Guid.NewGuid():N}"[..16] + Interlocked.Increment(ref _topics);
        await fixture.Gateway.CreateTopicAsync(topic);
        return topic;
    }

    private async Task<GatewayHost> StartAsync((string Name, string Value) setting)
    {
        Assert.SkipUnless(TestSchemaRegistry.Available, TestSchemaRegistry.Missing);
        return await GatewayHost.StartAsync(builder => builder.Configuration.AddInMemoryCollection(
            [new("Sluice:SchemaRegistry:Url", fixture.Registry.Url), new($"Sluice:SchemaRegistry:{setting.Name}", setting.Value)]));
    }

    private async Task<IReadOnlyList<JsonElement>> ReportsAsync(string topic, string records)
    {
        var answer = await fixture.Gateway.PostAsync($"{fixture.Gateway.Cluster}/topics/{topic}/records", records);
        Assert.Equal((int)HttpStatusCode.OK, answer.Status);
        return answer.Lines;
    }

    private async Task<IReadOnlyList<JsonElement>> ProduceAllAsync(string topic, string records)
    {
        var reports = await ReportsAsync(topic, records);
        Assert.All(reports, report => Assert.True(report.GetProperty("error_code").GetInt32() == 200, report.GetRawText()));
        return reports;
    }

    private async Task<JsonElement> ProduceAsync(string topic, string record) => Assert.Single(await ProduceAllAsync(topic, record));

    private async Task<IReadOnlyList<StoredRecord>> ReadAsync(string topic)
    {
        var cluster = fixture.Gateway.Services.GetRequiredService<ClusterDirectory>().All[0].For(new ClusterCaller("User:test", null, null));
        var read = await cluster.ReadAsync(new TopicPartition(topic, 0), 0, 1000, 1024 * 1024, TestContext.Current.CancellationToken);
        Assert.True(read.TryGet(out var records, out var error), $"{error}");
        return records;
    }

    public sealed class Fixture : IAsyncLifetime
    {
        internal GatewayHost Gateway { get; private set; } = null!;

        internal TestSchemaRegistry Registry { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            if (TestSchemaRegistry.Available)
            {
                Registry = await TestSchemaRegistry.GetAsync();
                Gateway = await GatewayHost.StartAsync(builder => builder.Configuration.AddInMemoryCollection(
                    [new("Sluice:SchemaRegistry:Url", Registry.Url)]));
            }
        }

        public ValueTask DisposeAsync() => Gateway?.DisposeAsync() ?? default;
    }
}
