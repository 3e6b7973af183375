using Confluent.SchemaRegistry;

namespace Sluice.SchemaRegistry;

/// <summary>Asks the registry for what a record's key or value chose.</summary>
internal sealed class SchemaLookup(ISchemaRegistryClient client, SchemaRegistryOptions options)
{
    private const int MaxReferences = 64;

    public Task<ResolvedSchema> FindAsync(SchemaChoice choice, string topic, bool isKey, CancellationToken cancellationToken) => choice switch
    {
        { Text: { } text, Type: { } type } => RawAsync(choice, type, text, topic, isKey, cancellationToken),
        { Id: { } id } => ByIdAsync(choice, id, topic, isKey, cancellationToken),
        { Version: { } version } => ByVersionAsync(Subject(choice, topic, isKey, null), version, cancellationToken),
        _ => LatestAsync(Subject(choice, topic, isKey, null), cancellationToken),
    };

    /// <summary>Looked up under its subject, registered there when it is not.</summary>
    private async Task<ResolvedSchema> RawAsync(
        SchemaChoice choice, SchemaType type, string text, string topic, bool isKey, CancellationToken cancellationToken)
    {
        if (text.Length > options.MaxSchemaLength)
        {
            throw SchemaException.Invalid($"A record may carry a schema of {options.MaxSchemaLength} characters at most.");
        }

        var encoder = await SchemaEncoders.ParseAsync(type, text, [], cancellationToken);
        var subject = Subject(choice, topic, isKey, encoder);
        var schema = new Schema(text, type);

        // The answer to a look-up need not say the type.
        ResolvedSchema Of(RegisteredSchema registered) => new(subject, registered.Id, registered.Version, type, encoder);
        try
        {
            return Of(await LookUpAsync(subject, schema, cancellationToken));
        }
        catch (SchemaRegistryException unknown) when ((int)unknown.Status == 404 && options.RegisterSchemas)
        {
            await client.RegisterSchemaAsync(subject, schema, normalize: false).WaitAsync(cancellationToken);
            client.ClearLatestCaches();
            return Of(await LookUpAsync(subject, schema, cancellationToken));
        }
    }

    private async Task<ResolvedSchema> ByIdAsync(SchemaChoice choice, int id, string topic, bool isKey, CancellationToken cancellationToken)
    {
        var schema = await client.GetSchemaAsync(id, format: null).WaitAsync(cancellationToken);
        var encoder = await ParseAsync(schema, cancellationToken);
        var subject = Subject(choice, topic, isKey, encoder);

        // Under another subject the same schema may have another version, or none.
        var registered = await LookUpAsync(subject, schema, cancellationToken);
        return new ResolvedSchema(subject, id, registered.Version, schema.SchemaType, encoder);
    }

    private async Task<ResolvedSchema> ByVersionAsync(string subject, int version, CancellationToken cancellationToken)
    {
        var registered = await client.GetRegisteredSchemaAsync(subject, version, ignoreDeletedSchemas: true).WaitAsync(cancellationToken);
        return Resolved(registered, await ParseAsync(registered, cancellationToken));
    }

    private async Task<ResolvedSchema> LatestAsync(string subject, CancellationToken cancellationToken)
    {
        // How long a version counts as the latest is the catalogue's to say.
        client.ClearLatestCaches();
        var registered = await client.GetLatestSchemaAsync(subject).WaitAsync(cancellationToken);
        return Resolved(registered, await ParseAsync(registered, cancellationToken));
    }

    private Task<RegisteredSchema> LookUpAsync(string subject, Schema schema, CancellationToken cancellationToken) =>
        client.LookupSchemaAsync(subject, schema, ignoreDeletedSchemas: true, normalize: false).WaitAsync(cancellationToken);

    private async Task<ISchemaEncoder> ParseAsync(Schema schema, CancellationToken cancellationToken)
    {
        var references = new List<(string Name, string Text)>();
        await CollectAsync(schema, references, cancellationToken);
        return await SchemaEncoders.ParseAsync(schema.SchemaType, schema.SchemaString, references, cancellationToken);
    }

    /// <summary>Depth first, so that each comes after what it needs.</summary>
    private async Task CollectAsync(Schema schema, List<(string Name, string Text)> found, CancellationToken cancellationToken)
    {
        foreach (var reference in schema.References ?? [])
        {
            if (found.Exists(known => known.Name == reference.Name))
            {
                continue;
            }

            if (found.Count == MaxReferences)
            {
                throw SchemaException.Invalid($"It refers to more than {MaxReferences} others.");
            }

            var referred = await client.GetRegisteredSchemaAsync(reference.Subject, reference.Version, ignoreDeletedSchemas: true)
                .WaitAsync(cancellationToken);
            await CollectAsync(referred, found, cancellationToken);
            found.Add((reference.Name, referred.SchemaString));
        }
    }

    private static ResolvedSchema Resolved(RegisteredSchema schema, ISchemaEncoder encoder) =>
        new(schema.Subject, schema.Id, schema.Version, schema.SchemaType, encoder);

    private static string Subject(SchemaChoice choice, string topic, bool isKey, ISchemaEncoder? encoder) => choice switch
    {
        { Subject: { } given } => given,
        { Strategy: SubjectNameStrategy.Record } => Name(encoder),
        { Strategy: SubjectNameStrategy.TopicRecord } => $"{topic}-{Name(encoder)}",
        _ => isKey ? $"{topic}-key" : $"{topic}-value",
    };

    private static string Name(ISchemaEncoder? encoder) => encoder?.RecordName
        ?? throw SchemaException.Invalid("It has no name (record, message or title) for subject_name_strategy to use.");
}
