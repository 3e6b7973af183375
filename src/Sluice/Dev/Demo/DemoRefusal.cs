namespace Sluice.Dev.Demo;

/// <summary>How the gateway refused an attempt.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Challenge"><c>WWW-Authenticate</c>.</param>
/// <param name="Body">As it came.</param>
/// <param name="Why">The whole reason, which only explain tells; empty when it cannot be asked.</param>
internal sealed record DemoRefusal(int Status, string Challenge, string Body, string Why);
