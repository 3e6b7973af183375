namespace Sluice.OpenApi.Operations;

/// <summary>Short beginnings for <see cref="Operation"/>.</summary>
internal static class Op
{
    public static Operation Get(string path, string summary) => new("GET", path, summary);

    public static Operation Post(string path, string summary) => new("POST", path, summary);

    public static Operation Put(string path, string summary) => new("PUT", path, summary);

    public static Operation Patch(string path, string summary) => new("PATCH", path, summary);

    public static Operation Delete(string path, string summary) => new("DELETE", path, summary);

    /// <summary>200 with a collection of these.</summary>
    public static Operation Lists(this Operation operation, string type) => operation.Gives(200, $"ListBody{type}Body");
}
