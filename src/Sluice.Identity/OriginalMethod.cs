namespace Sluice.Identity;

/// <summary>The method that the client sent, as a feature of a request that is handled as if it were another: a DPoP proof is for what was sent.</summary>
/// <param name="Name">Such as <c>HEAD</c>.</param>
public sealed record OriginalMethod(string Name);
