namespace Sluice.Hosting.Proxies;

/// <summary>Section <c>Sluice:Proxies</c>: what stands in front of the gateway and is believed.</summary>
internal sealed class ProxyOptions
{
    public const string Section = "Sluice:Proxies";

    /// <summary>
    /// Addresses or networks (<c>10.0.0.5</c>, <c>10.1.0.0/24</c>) of reverse proxies. What a connection from there says in <c>X-Forwarded-For</c>,
    /// <c>X-Forwarded-Proto</c> and <c>X-Forwarded-Host</c> counts; from anywhere else these fields mean nothing. Empty: nobody is believed.
    /// </summary>
    public IList<string> Addresses { get; } = [];

    /// <summary>
    /// The field in which these proxies pass on the certificate of the TLS client, such as <c>Client-Cert</c> (RFC 9440): for certificate-bound tokens (RFC 8705)
    /// when TLS ends at the proxy. The proxy must remove the field from what clients send. Null: no field is read.
    /// </summary>
    public string? ClientCertificateHeader { get; set; }
}
