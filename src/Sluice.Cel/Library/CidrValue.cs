using System.Globalization;
using Sluice.Cel.Values;

namespace Sluice.Cel.Library;

/// <summary>An address and a prefix length, <c>net.CIDR</c>. Bits behind the prefix are kept: <c>10.0.0.1/8</c> is not <c>10.0.0.0/8</c>.</summary>
internal sealed class CidrValue(IpAddressValue address, int prefixLength) : OpaqueValue, IEquatable<CidrValue>
{
    public static readonly CelType NetCidr = CelType.Opaque("net.CIDR");

    public override CelType Type => NetCidr;

    public IpAddressValue Address => address;

    public int PrefixLength => prefixLength;

    /// <summary>The same network with the bits behind the prefix cleared.</summary>
    public CidrValue Masked() => new(new IpAddressValue(Network(address), address.IsV6), prefixLength);

    /// <returns>Why the text is not a network; null when it is.</returns>
    public static string? Parse(ReadOnlySpan<char> text, out CidrValue? network)
    {
        network = null;
        var slash = text.LastIndexOf('/');
        if (slash < 0)
        {
            return $"network address parse error during conversion from string: '{IpAddressValue.Short(text)}' has no prefix length";
        }

        if (text.Contains('%'))
        {
            return "CIDR with zone value is not allowed";
        }

        if (IpAddressValue.Parse(text[..slash], out var parsed) is { } fault)
        {
            return fault.StartsWith("IPv4-mapped", StringComparison.Ordinal) ? fault : $"network address parse error during conversion from string: {fault}";
        }

        var digits = text[(slash + 1)..];
        if (digits.Length is 0 or > 3 || (digits.Length > 1 && digits[0] == '0')
            || !int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var length) || length > parsed!.Width)
        {
            return $"network address parse error during conversion from string: prefix length '{IpAddressValue.Short(digits)}'";
        }

        network = new CidrValue(parsed, length);
        return null;
    }

    public bool Contains(IpAddressValue other) => other.IsV6 == address.IsV6 && Network(other) == Network(address);

    public bool Contains(CidrValue other) => other.PrefixLength >= prefixLength && Contains(other.Address);

    public bool Equals(CidrValue? other) => other is not null && other.PrefixLength == prefixLength && other.Address.Equals(address);

    public override bool Equals(object? obj) => Equals(obj as CidrValue);

    public override int GetHashCode() => HashCode.Combine(address, prefixLength);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{address}/{prefixLength}");

    private UInt128 Network(IpAddressValue of)
    {
        // A shift by the whole width would do nothing.
        var host = of.Width - prefixLength;
        return host >= 128 ? 0 : (of.Bits >> host) << host;
    }
}
