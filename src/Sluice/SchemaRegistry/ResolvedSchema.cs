using Confluent.SchemaRegistry;

namespace Sluice.SchemaRegistry;

/// <summary>A schema as the registry knows it under a subject, ready to encode.</summary>
internal sealed record ResolvedSchema(string Subject, int Id, int Version, SchemaType Type, ISchemaEncoder Encoder);
