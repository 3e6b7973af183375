using System.Globalization;
using System.Text;
using Sluice.Cel.Values;

namespace Sluice.Cel.Library;

/// <summary>An IPv4 or IPv6 address, <c>net.IP</c>. No zones, and no IPv4-mapped IPv6: each address has one form.</summary>
/// <remarks>Text: dotted decimal without leading zeros, RFC 4291 §2.2; canonical text: RFC 5952.</remarks>
internal sealed class IpAddressValue(UInt128 bits, bool isV6) : OpaqueValue, IEquatable<IpAddressValue>
{
    public static readonly CelType NetIp = CelType.Opaque("net.IP");

    public override CelType Type => NetIp;

    /// <summary>An IPv4 address in the low 32 bits, or the 128 of an IPv6 address.</summary>
    public UInt128 Bits => bits;

    public bool IsV6 => isV6;

    public int Width => isV6 ? 128 : 32;

    public bool IsUnspecified => bits == 0;

    public bool IsLoopback => isV6 ? bits == 1 : Top(8) == 127;

    public bool IsMulticast => isV6 ? Top(8) == 0xFF : Top(4) == 0xE;

    public bool IsLinkLocalMulticast => isV6 ? (Top(16) & 0xFF0F) == 0xFF02 : Top(24) == 0xE00000;

    public bool IsLinkLocalUnicast => isV6 ? Top(10) == 0x3FA : Top(16) == 0xA9FE;

    /// <summary>Private addresses count as global unicast: the term is about what an address is for, not who can reach it.</summary>
    public bool IsGlobalUnicast =>
        !IsUnspecified && !IsLoopback && !IsMulticast && !IsLinkLocalUnicast && (isV6 || bits != uint.MaxValue);

    /// <returns>Why the text is not an address; null when it is.</returns>
    public static string? Parse(ReadOnlySpan<char> text, out IpAddressValue? address)
    {
        address = null;
        if (text.Contains('%'))
        {
            return "IP Address with zone value is not allowed";
        }

        if (!text.Contains(':'))
        {
            if (!TryParseV4(text, out var v4))
            {
                return $"IP Address '{Short(text)}' parse error during conversion from string";
            }

            address = new IpAddressValue(v4, isV6: false);
            return null;
        }

        if (!TryParseV6(text, out var v6))
        {
            return $"IP Address '{Short(text)}' parse error during conversion from string";
        }

        if (v6 >> 32 == 0xFFFF)
        {
            return "IPv4-mapped IPv6 address is not allowed";
        }

        address = new IpAddressValue(v6, isV6: true);
        return null;
    }

    public bool Equals(IpAddressValue? other) => other is not null && other.IsV6 == isV6 && other.Bits == bits;

    public override bool Equals(object? obj) => Equals(obj as IpAddressValue);

    public override int GetHashCode() => HashCode.Combine(bits, isV6);

    public override string ToString() => isV6 ? FormatV6() : string.Create(
        CultureInfo.InvariantCulture, $"{(byte)(bits >> 24)}.{(byte)(bits >> 16)}.{(byte)(bits >> 8)}.{(byte)bits}");

    public static string Short(ReadOnlySpan<char> text) => text.Length > 64 ? string.Concat(text[..64], "…") : text.ToString();

    private uint Top(int count) => (uint)(bits >> (Width - count));

    private ushort Group(int index) => (ushort)(bits >> (112 - (16 * index)));

    private string FormatV6()
    {
        // RFC 5952 §4.2: the longest run of zeros, the first of equals, and never a single group.
        var (start, length) = (-1, 1);
        for (var i = 0; i < 8; i++)
        {
            var run = 0;
            while (i + run < 8 && Group(i + run) == 0)
            {
                run++;
            }

            if (run > length)
            {
                (start, length) = (i, run);
            }

            i += run;
        }

        var result = new StringBuilder();
        for (var i = 0; i < 8; i++)
        {
            if (i == start)
            {
                result.Append("::");
                i += length - 1;
                continue;
            }

            result.Append(result.Length > 0 && result[^1] != ':' ? ":" : "").Append(CultureInfo.InvariantCulture, $"{Group(i):x}");
        }

        return result.ToString();
    }

    private static bool TryParseV4(ReadOnlySpan<char> text, out uint value)
    {
        value = 0;
        var parts = 0;
        while (true)
        {
            var length = text.IndexOf('.');
            var part = length < 0 ? text : text[..length];
            if (part.Length is 0 or > 3 || (part.Length > 1 && part[0] == '0') || parts == 4
                || !ushort.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var octet) || octet > 255)
            {
                return false;
            }

            value = (value << 8) | octet;
            parts++;
            if (length < 0)
            {
                return parts == 4;
            }

            text = text[(length + 1)..];
        }
    }

    private static bool TryParseV6(ReadOnlySpan<char> text, out UInt128 value)
    {
        value = 0;
        var gap = text.IndexOf("::");
        if (gap < 0)
        {
            return TryParseGroups(text, out value, out var all) && all == 8;
        }

        if (!TryParseGroups(text[..gap], out var high, out var before) || !TryParseGroups(text[(gap + 2)..], out var low, out var after)
            || before + after > 7 || text[..gap].Contains('.'))
        {
            return false;
        }

        value = (before == 0 ? 0 : high << (16 * (8 - before))) | low;
        return true;
    }

    private static bool TryParseGroups(ReadOnlySpan<char> text, out UInt128 value, out int count)
    {
        value = 0;
        count = 0;
        if (text.IsEmpty)
        {
            return true;
        }

        while (true)
        {
            var length = text.IndexOf(':');
            if (length < 0 && text.Contains('.'))
            {
                // The last 32 bits may be written as an IPv4 address.
                count += 2;
                var ok = TryParseV4(text, out var v4) && count <= 8;
                value = (value << 32) | v4;
                return ok;
            }

            var group = length < 0 ? text : text[..length];
            if (group.Length is 0 or > 4 || ++count > 8
                || !ushort.TryParse(group, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var part))
            {
                return false;
            }

            value = (value << 16) | part;
            if (length < 0)
            {
                return true;
            }

            text = text[(length + 1)..];
        }
    }
}
