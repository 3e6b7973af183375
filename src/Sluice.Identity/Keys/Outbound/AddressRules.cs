using System.Net;
using System.Net.Sockets;

namespace Sluice.Identity.Keys.Outbound;

/// <summary>
/// Which addresses keys may be fetched from. An administrator of a provider must not be able to make the gateway talk to machines that only it can
/// reach, such as a cloud's metadata service.
/// </summary>
internal sealed class AddressRules
{
    // RFC 6890 and the registries behind it: everything that is not a public unicast address.
    private static readonly IPNetwork[] NotPublic = Array.ConvertAll(
        [
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
            "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            "::/128", "::1/128", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "3fff::/20", "5f00::/16", "fc00::/7", "fe80::/10",
            "fec0::/10", "ff00::/8",
        ],
        text => IPNetwork.Parse(text));

    private static readonly IPNetwork SixToFour = IPNetwork.Parse("2002::/16");
    private static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96");
    private static readonly IPNetwork Compatible = IPNetwork.Parse("::/96");

    private readonly IPNetwork[] _allowed;
    private readonly bool _allowLoopback;

    public AddressRules(OutboundOptions options)
    {
        _allowed = [.. options.AllowedNetworks.Select(text => IPNetwork.Parse(text))];
        _allowLoopback = options.AllowHttpOnLoopback;
    }

    /// <summary>Null when it may be connected to; otherwise why not.</summary>
    public string? Check(IPAddress address, bool encrypted)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        if (_allowLoopback && IPAddress.IsLoopback(address))
        {
            return null;
        }

        if (!encrypted)
        {
            return "http is only for loopback addresses, and only when Sluice:Identity:Outbound:AllowHttpOnLoopback is on";
        }

        return Array.Exists(_allowed, network => network.Contains(address)) || IsPublic(address)
            ? null
            : $"{address} is not a public address (Sluice:Identity:Outbound:AllowedNetworks)";
    }

    private static bool IsPublic(IPAddress address)
    {
        if (Array.Exists(NotPublic, network => network.Contains(address)))
        {
            return false;
        }

        // IPv6 addresses that lead to an IPv4 address are as public as that one.
        if (address.AddressFamily == AddressFamily.InterNetworkV6)
        {
            var bytes = address.GetAddressBytes();
            if (SixToFour.Contains(address))
            {
                return IsPublic(new IPAddress(bytes.AsSpan(2, 4)));
            }

            if (Nat64.Contains(address) || Compatible.Contains(address))
            {
                return IsPublic(new IPAddress(bytes.AsSpan(12, 4)));
            }
        }

        return true;
    }
}
