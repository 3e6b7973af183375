namespace Sluice.Cel.Tests.Library;

public sealed class NetworkTests
{
    [Theory]
    [InlineData("ip('10.0.0.1') == ip('10.0.0.1') && ip('10.0.0.1') != ip('10.0.0.2')")]
    [InlineData("type(ip('::1')) == net.IP && type(cidr('::/0')) == net.CIDR")]
    [InlineData("string(ip('2001:DB8:0:0:1:0:0:1')) == '2001:db8::1:0:0:1'")]
    [InlineData("string(ip('1:0:0:2:0:0:0:3')) == '1:0:0:2::3' && string(ip('::')) == '::' && string(ip('1::')) == '1::'")]
    [InlineData("string(ip('1:2:3:0:5:6:7:8')) == '1:2:3:0:5:6:7:8'")]
    [InlineData("string(ip('::1.2.3.4')) == '::102:304' && string(ip('64:ff9b::1.2.3.4')) == '64:ff9b::102:304'")]
    [InlineData("isIP('1.2.3.4') && isIP('::') && !isIP('1.2.3') && !isIP('') && !isIP('1.2.3.04') && !isIP('256.1.1.1') && !isIP('fe80::1%eth0')")]
    [InlineData("!isIP('::ffff:1.2.3.4') && !isIP('::ffff:102:304') && !isIP('1::2::3') && !isIP('12345::') && !isIP(':1') && !isIP('[::1]')")]
    [InlineData("!isIP('1:2:3:4:5:6:7:8::') && !isIP('1:2:3:4:5:6:7') && !isIP('1:2:3:4:5:6:7:8:9') && !isIP('1.2.3.4::') && !isIP('0x7f.1')")]
    [InlineData("ip.isCanonical('2001:db8::1') && !ip.isCanonical('2001:DB8::1') && !ip.isCanonical('2001:db8:0:0:0:0:0:1')")]
    [InlineData("ip('127.8.8.8').isLoopback() && !ip('128.0.0.1').isLoopback() && !ip('::2').isLoopback()")]
    [InlineData("ip('169.254.1.1').isLinkLocalUnicast() && ip('febf::1').isLinkLocalUnicast() && !ip('fec0::1').isLinkLocalUnicast()")]
    [InlineData("ip('224.0.0.7').isLinkLocalMulticast() && !ip('224.0.1.7').isLinkLocalMulticast() && ip('ff12::1').isLinkLocalMulticast()")]
    [InlineData("ip('10.0.0.1').isGlobalUnicast() && ip('fd00::1').isGlobalUnicast() && !ip('0.0.0.0').isGlobalUnicast() && !ip('224.0.0.1').isGlobalUnicast()")]
    [InlineData("ip('::').isUnspecified() && ip('0.0.0.0').isUnspecified() && !ip('::1').isUnspecified()")]
    [InlineData("cidr('10.1.2.3/8').ip() == ip('10.1.2.3') && cidr('10.1.2.3/8').prefixLength() == 8")]
    [InlineData("cidr('10.1.2.3/8') != cidr('10.0.0.0/8') && cidr('10.1.2.3/8').masked() == cidr('10.0.0.0/8')")]
    [InlineData("cidr('10.1.2.3/8').containsIP('10.9.9.9') && !cidr('10.0.0.0/8').containsIP(ip('11.0.0.0'))")]
    [InlineData("cidr('0.0.0.0/0').containsIP('1.2.3.4') && !cidr('::/0').containsIP('1.2.3.4') && cidr('::/0').containsIP('ff::')")]
    [InlineData("cidr('10.0.0.0/8').containsCIDR('10.1.0.0/16') && !cidr('10.1.0.0/16').containsCIDR(cidr('10.0.0.0/8'))")]
    [InlineData("cidr('2001:db8::/127').containsIP('2001:db8::1') && !cidr('2001:db8::/128').containsIP('2001:db8::1')")]
    [InlineData("isCIDR('10.0.0.0/32') && !isCIDR('10.0.0.0/33') && !isCIDR('10.0.0.0/08') && !isCIDR('10.0.0.0') && !isCIDR('::/129') && !isCIDR('::/-1')")]
    [InlineData("string(cidr('2001:DB8::1/32')) == '2001:db8::1/32'")]
    [InlineData("ip('1.2.3.4').family() == 4 && ip('::1').family() == 6")]
    public void Addresses_and_networks_follow_the_extension(string source) => Assert.True(Cel.Full.Run(source).IsTrue, source);

    [Theory]
    [InlineData("ip('1.2.3')")]
    [InlineData("ip('fe80::1%en0')")]
    [InlineData("ip('::ffff:1.2.3.4')")]
    [InlineData("ip.isCanonical('x')")]
    [InlineData("cidr('1.2.3.4')")]
    [InlineData("cidr('1.2.3.4/33')")]
    [InlineData("cidr('fe80::%1/10')")]
    [InlineData("cidr('10.0.0.0/8').containsIP('x')")]
    [InlineData("cidr('10.0.0.0/8').containsCIDR('x')")]
    public void Text_that_is_no_address_is_an_error(string source) => Assert.True(Cel.Full.Run(source).IsError, source);
}
