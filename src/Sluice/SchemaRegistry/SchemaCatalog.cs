using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Concurrent;
using Confluent.SchemaRegistry;

namespace Sluice.SchemaRegistry;

/// <summary>Encodes keys and values with schemas of a registry, which are fetched once and kept.</summary>
/// <remarks>
/// The bytes are Confluent's framing: 0, the schema's id as four bytes big-endian, then the data; PROTOBUF puts the index of the message between,
/// which is always the file's first.
/// </remarks>
internal sealed class SchemaCatalog(ISchemaRegistryClient client, SchemaRegistryOptions options, TimeProvider time, ILogger<SchemaCatalog> logger)
{
    private readonly ConcurrentDictionary<(SchemaChoice Choice, string Topic, bool IsKey), Entry> _entries = new();
    private readonly SchemaLookup _lookup = new(client, options);

    /// <summary>Finds the schema and encodes; completes at once when the schema is known. Never throws for what the client sent.</summary>
    /// <param name="choice">Without contradictions.</param>
    /// <param name="topic">Names the subject where the choice does not.</param>
    /// <param name="isKey">False: a value.</param>
    /// <param name="json">The data, one JSON value in UTF-8; null for null data.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async ValueTask<EncodedData> EncodeAsync(SchemaChoice choice, string topic, bool isKey, byte[]? json, CancellationToken cancellationToken)
    {
        try
        {
            var schema = await FindAsync(choice, topic, isKey, cancellationToken);
            return json is null ? Null(schema) : new EncodedData(Encode(schema, json), schema, null);
        }
        catch (SchemaException problem)
        {
            return EncodedData.Failed(problem.Code, problem.Message);
        }
    }

    private static EncodedData Null(ResolvedSchema schema) => schema.Encoder.AdmitsNull
        ? new EncodedData(null, schema, null)
        : EncodedData.Failed(SchemaException.Serialization, "Error serializing message. The schema does not admit null.");

    private static byte[] Encode(ResolvedSchema schema, byte[] json)
    {
        var output = new ArrayBufferWriter<byte>(json.Length + 16);
        var frame = output.GetSpan(5);
        frame[0] = 0;
        BinaryPrimitives.WriteInt32BigEndian(frame[1..], schema.Id);
        output.Advance(5);
        schema.Encoder.Encode(json, output);
        return output.WrittenSpan.ToArray();
    }

    private async ValueTask<ResolvedSchema> FindAsync(SchemaChoice choice, string topic, bool isKey, CancellationToken cancellationToken)
    {
        var key = (choice, topic, isKey);
        if (_entries.TryGetValue(key, out var known) && time.GetUtcNow() < known.Expires)
        {
            return known.Schema;
        }

        var isLatest = choice is { Id: null, Version: null, Text: null };
        var schema = await AskAsync(choice, topic, isKey, cancellationToken);
        if (_entries.Count >= options.MaxSchemas)
        {
            _entries.Clear();
        }

        _entries[key] = new Entry(schema, isLatest ? time.GetUtcNow() + options.LatestTimeToLive : DateTimeOffset.MaxValue);
        return schema;
    }

    private async Task<ResolvedSchema> AskAsync(SchemaChoice choice, string topic, bool isKey, CancellationToken cancellationToken)
    {
        try
        {
            return await _lookup.FindAsync(choice, topic, isKey, cancellationToken);
        }
        catch (SchemaRegistryException refused)
        {
            throw new SchemaException(
                SchemaException.Serialization, $"The Schema Registry answered {refused.ErrorCode}: {FirstLine(refused.Message)}");
        }
        catch (Exception unreachable) when (unreachable is not SchemaException && !cancellationToken.IsCancellationRequested)
        {
            // The client throws what its transport throws, time-outs and answers that are not the registry's included.
            // Its message holds the registry's address, which is none of the client's business.
            Log.Unreachable(logger, unreachable);
            throw new SchemaException(SchemaException.Serialization, "The Schema Registry cannot be reached. Try again later.");
        }
    }

    private static string FirstLine(string text) => text.AsSpan().IndexOfAny('\r', '\n') is var end and >= 0 ? text[..end] : text;

    private sealed record Entry(ResolvedSchema Schema, DateTimeOffset Expires);
}
