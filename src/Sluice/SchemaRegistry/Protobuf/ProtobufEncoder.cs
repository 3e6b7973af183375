using System.Buffers;
using System.Text.Json;
using Google.Protobuf.Reflection;

namespace Sluice.SchemaRegistry.Protobuf;

/// <summary>The JSON mapping of Protocol Buffers in, the wire format of the file's first message out.</summary>
/// <remarks>https://protobuf.dev/programming-guides/json/</remarks>
internal sealed class ProtobufEncoder : ISchemaEncoder
{
    private const string FileName = "schema.proto";

    /// <summary>Deepest nesting of braces in a file: the parser recurses.</summary>
    private const int MaxDepth = 32;

    private readonly ProtobufMessage _message;

    private ProtobufEncoder(ProtobufMessage message) => _message = message;

    public string? RecordName => _message.FullName;

    public bool AdmitsNull => true;

    public static ProtobufEncoder Parse(string text, IReadOnlyList<(string Name, string Text)> references)
    {
        RefuseDeepNesting(text);
        var set = new FileDescriptorSet { FileSystem = new ReferencedFiles(references), ImportValidator = static _ => true };
        set.AddImportPath("");
        try
        {
            set.Add(FileName, includeInOutput: true, new StringReader(text));
            set.Process();
        }
        catch (Exception invalid) when (invalid is InvalidOperationException or ArgumentException or FormatException or NotSupportedException
            or OverflowException or IOException or NullReferenceException or IndexOutOfRangeException)
        {
            throw SchemaException.Invalid(invalid.Message);
        }

        if (Array.Find(set.GetErrors(), static error => error.IsError) is { } error)
        {
            throw SchemaException.Invalid($"Line {error.LineNumber}, column {error.ColumnNumber}: {error.Message}");
        }

        var file = set.Files.Find(static file => file.Name == FileName);
        return file is { MessageTypes: [var first, ..] }
            ? new ProtobufEncoder(new ProtobufTypes(set).Message(ProtobufTypes.Qualified(file, first)))
            : throw SchemaException.Invalid("The file has no message.");
    }

    public void Encode(ReadOnlyMemory<byte> json, IBufferWriter<byte> output)
    {
        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 256 });
        output.Write("\0"u8); // the path to the message in the file: short for [0], the first
        try
        {
            _message.Write(document.RootElement, new ProtobufWriter(output));
        }
        catch (InvalidOperationException halfSurrogate)
        {
            throw SchemaException.NotEncodable(halfSurrogate.Message);
        }
    }

    private static void RefuseDeepNesting(string text)
    {
        var depth = 0;
        foreach (var character in text)
        {
            depth += character == '{' ? 1 : character == '}' ? -1 : 0;
            if (depth > MaxDepth)
            {
                throw SchemaException.Invalid($"It is nested more than {MaxDepth} deep.");
            }
        }
    }

    /// <summary>What a file imports comes from the registry; the well-known files come with the parser.</summary>
    private sealed class ReferencedFiles(IReadOnlyList<(string Name, string Text)> references) : IFileSystem
    {
        public bool Exists(string path) => Find(path) is not null;

        public TextReader OpenText(string path) => new StringReader(Find(path)!);

        private string? Find(string path) =>
            references.Where(reference => reference.Name == path.Replace('\\', '/').TrimStart('/')).Select(static reference => reference.Text).FirstOrDefault();
    }
}
