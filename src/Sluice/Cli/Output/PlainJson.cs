using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Sluice.Cli.Output;

/// <summary>JSON without a shape of its own.</summary>
[JsonSerializable(typeof(JsonObject))]
internal sealed partial class PlainJson : JsonSerializerContext;
