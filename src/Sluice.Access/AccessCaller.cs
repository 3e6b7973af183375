using System.Net;

namespace Sluice.Access;

/// <summary>Who wants to do something.</summary>
/// <param name="Principals">Kafka principals, at least one: what any of them may, the caller may; what is denied to any of them, is denied to the caller.</param>
/// <param name="Address">Where the caller connects from, for ACLs with a host; null when that is not known, and then no such ACL allows anything.</param>
public sealed record AccessCaller(IReadOnlyList<string> Principals, IPAddress? Address)
{
    /// <summary>Addresses are compared as numbers: an IPv4 client of a dual-stack listener is its IPv4 address.</summary>
    public IPAddress? Address { get; } = Address is { IsIPv4MappedToIPv6: true } ? Address.MapToIPv4() : Address;
}
