using Sluice.Cli.Http;

namespace Sluice.Cli.Connections;

/// <summary>A gateway and the key to use there.</summary>
internal sealed record Connection(Uri Url, string ApiKey, string ApiSecret, HttpSettings Http)
{
    /// <summary>A token to use instead of the key.</summary>
    public string? Token { get; init; }

    /// <summary>Keeps the secret out of messages.</summary>
    public override string ToString() => $"{ApiKey} at {Url}";
}
