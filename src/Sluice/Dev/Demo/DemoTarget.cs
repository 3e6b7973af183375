using System.Security.Cryptography.X509Certificates;

namespace Sluice.Dev.Demo;

/// <summary>The gateway that the demo tours, and the client that it is there.</summary>
internal sealed record DemoTarget
{
    /// <summary>Without a slash at its end.</summary>
    public required string Url { get; init; }

    public required string TokenUrl { get; init; }

    public required string ClientId { get; init; }

    public required string ClientSecret { get; init; }

    /// <summary>What the token is asked for; null: nothing.</summary>
    public string? Scope { get; init; }

    /// <summary>Sent as <c>Confluent-Identity-Pool-Id</c>; null: the gateway is to find the pools that match.</summary>
    public string? PoolId { get; init; }

    /// <summary>Null: the first that the gateway lists.</summary>
    public string? ClusterId { get; init; }

    /// <summary>Whom to trust; null: the system's authorities.</summary>
    public X509ChainPolicy? Trust { get; init; }

    /// <summary>An administrator's key, to ask why something was refused; null: only the short reason is known.</summary>
    public (string Key, string Secret)? Administrator { get; init; }

    public static DemoTarget Of(DevInfo dev) => new()
    {
        Url = dev.Url,
        TokenUrl = dev.OktaTokenUrl,
        ClientId = dev.ClientId,
        ClientSecret = dev.ClientSecret,
        Scope = dev.Scope,
        PoolId = dev.PoolId,
        ClusterId = dev.ClusterId,
        Administrator = (dev.ApiKey, dev.ApiSecret),
    };
}
