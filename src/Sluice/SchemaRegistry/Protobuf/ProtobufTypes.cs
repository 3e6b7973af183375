using Google.Protobuf.Reflection;

namespace Sluice.SchemaRegistry.Protobuf;

/// <summary>The messages and enumerations of a file and of what it imports, by full name with a leading dot.</summary>
internal sealed class ProtobufTypes
{
    private readonly Dictionary<string, ProtobufMessage> _messages = new(StringComparer.Ordinal);
    private readonly Dictionary<string, EnumDescriptorProto> _enums = new(StringComparer.Ordinal);

    public ProtobufTypes(FileDescriptorSet files)
    {
        foreach (var file in files.Files)
        {
            foreach (var message in file.MessageTypes)
            {
                Add(Qualified(file, message), message, file);
            }

            foreach (var type in file.EnumTypes)
            {
                _enums[Prefix(file) + type.Name] = type;
            }
        }
    }

    public static string Qualified(FileDescriptorProto file, DescriptorProto message) => Prefix(file) + message.Name;

    public ProtobufMessage Message(string name) => _messages.TryGetValue(name, out var message)
        ? message
        : throw SchemaException.Invalid($"The message {name.TrimStart('.')} is not defined.");

    public EnumDescriptorProto Enum(string name) => _enums.TryGetValue(name, out var type)
        ? type
        : throw SchemaException.Invalid($"The enumeration {name.TrimStart('.')} is not defined.");

    private static string Prefix(FileDescriptorProto file) => string.IsNullOrEmpty(file.Package) ? "." : $".{file.Package}.";

    private void Add(string name, DescriptorProto message, FileDescriptorProto file)
    {
        _messages[name] = new ProtobufMessage(name.TrimStart('.'), message, isProto3: file.Syntax == "proto3", this);
        foreach (var nested in message.NestedTypes)
        {
            Add($"{name}.{nested.Name}", nested, file);
        }

        foreach (var type in message.EnumTypes)
        {
            _enums[$"{name}.{type.Name}"] = type;
        }
    }
}
