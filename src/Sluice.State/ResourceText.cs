using System.Text.Json.Nodes;
using Sluice.State.Logs;

namespace Sluice.State;

/// <summary>Resources as people may read them.</summary>
public static class ResourceText
{
    /// <summary>The resource as the log has it, without what must not be shown: an API key's hash.</summary>
    public static JsonObject ToJson(IStateResource resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        var json = JsonNode.Parse(StateJson.Write(resource))!.AsObject();
        json.Remove("secret_hash");
        return json;
    }
}
