namespace Sluice.Cel.Library;

/// <summary>IP addresses and networks: <c>ip("10.0.0.1")</c>, <c>cidr("10.0.0.0/8").containsIP(…)</c>, …</summary>
internal static class NetworkLibrary
{
    private static readonly CelType Ip = IpAddressValue.NetIp;
    private static readonly CelType Cidr = CidrValue.NetCidr;

    public static Dictionary<string, CelOverload[]> Functions { get; } = new FunctionTable()
        .Global("ip", Ip, args => ParseIp(args[0].Text), CelType.String)
        .Global("ip", Ip, args => args[0], Ip)
        .Global("isIP", CelType.Bool, args => CelValue.Of(IpAddressValue.Parse(args[0].Text, out _) is null), CelType.String)
        .Global("ip.isCanonical", CelType.Bool, args => IsCanonical(args[0].Text), CelType.String)
        .Global("string", CelType.String, args => CelValue.Of(args[0].Object!.ToString()!), Ip)
        .Member("family", CelType.Int, args => CelValue.Of(AsIp(args[0]).IsV6 ? 6L : 4L), Ip)
        .Member("isUnspecified", CelType.Bool, args => CelValue.Of(AsIp(args[0]).IsUnspecified), Ip)
        .Member("isLoopback", CelType.Bool, args => CelValue.Of(AsIp(args[0]).IsLoopback), Ip)
        .Member("isLinkLocalMulticast", CelType.Bool, args => CelValue.Of(AsIp(args[0]).IsLinkLocalMulticast), Ip)
        .Member("isLinkLocalUnicast", CelType.Bool, args => CelValue.Of(AsIp(args[0]).IsLinkLocalUnicast), Ip)
        .Member("isGlobalUnicast", CelType.Bool, args => CelValue.Of(AsIp(args[0]).IsGlobalUnicast), Ip)
        .Global("cidr", Cidr, args => ParseCidr(args[0].Text), CelType.String)
        .Global("cidr", Cidr, args => args[0], Cidr)
        .Global("isCIDR", CelType.Bool, args => CelValue.Of(CidrValue.Parse(args[0].Text, out _) is null), CelType.String)
        .Global("string", CelType.String, args => CelValue.Of(args[0].Object!.ToString()!), Cidr)
        .Member("ip", Ip, args => CelValue.Of(AsCidr(args[0]).Address), Cidr)
        .Member("prefixLength", CelType.Int, args => CelValue.Of((long)AsCidr(args[0]).PrefixLength), Cidr)
        .Member("masked", Cidr, args => CelValue.Of(AsCidr(args[0]).Masked()), Cidr)
        .Member("containsIP", CelType.Bool, args => CelValue.Of(AsCidr(args[0]).Contains(AsIp(args[1]))), Cidr, Ip)
        .Member("containsIP", CelType.Bool, args => ContainsIp(AsCidr(args[0]), args[1].Text), Cidr, CelType.String)
        .Member("containsCIDR", CelType.Bool, args => CelValue.Of(AsCidr(args[0]).Contains(AsCidr(args[1]))), Cidr, Cidr)
        .Member("containsCIDR", CelType.Bool, args => ContainsCidr(AsCidr(args[0]), args[1].Text), Cidr, CelType.String)
        .Build();

    private static IpAddressValue AsIp(in CelValue value) => (IpAddressValue)value.Object!;

    private static CidrValue AsCidr(in CelValue value) => (CidrValue)value.Object!;

    private static CelValue ParseIp(string text) =>
        IpAddressValue.Parse(text, out var address) is { } fault ? CelValue.Fail(fault) : CelValue.Of(address!);

    private static CelValue ParseCidr(string text) =>
        CidrValue.Parse(text, out var network) is { } fault ? CelValue.Fail(fault) : CelValue.Of(network!);

    private static CelValue IsCanonical(string text) =>
        IpAddressValue.Parse(text, out var address) is { } fault ? CelValue.Fail(fault) : CelValue.Of(address!.ToString() == text);

    private static CelValue ContainsIp(CidrValue network, string text) =>
        IpAddressValue.Parse(text, out var address) is { } fault ? CelValue.Fail(fault) : CelValue.Of(network.Contains(address!));

    private static CelValue ContainsCidr(CidrValue network, string text) =>
        CidrValue.Parse(text, out var other) is { } fault ? CelValue.Fail(fault) : CelValue.Of(network.Contains(other!));
}
