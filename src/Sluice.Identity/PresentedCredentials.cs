using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;
using Sluice.Identity.Credentials;

namespace Sluice.Identity;

/// <summary>What the client sent to say who it is.</summary>
/// <param name="Authorization">Every <c>Authorization</c> field.</param>
/// <param name="IdentityPoolIds">Every <c>Confluent-Identity-Pool-Id</c> field.</param>
public readonly record struct PresentedCredentials(StringValues Authorization, StringValues IdentityPoolIds)
{
    /// <summary>The field that names pools; HTTP compares field names without case.</summary>
    public const string PoolField = "Confluent-Identity-Pool-Id";

    /// <summary>The field that holds a DPoP proof (RFC 9449 §4.1).</summary>
    public const string DpopField = "DPoP";

    /// <summary>Every <c>DPoP</c> field.</summary>
    public StringValues DpopProof { get; init; }

    /// <summary>The request's method, for DPoP's <c>htm</c>.</summary>
    public string? Method { get; init; }

    /// <summary>The request's scheme and authority as the client used them, such as <c>https://kafka.example.com</c>; for DPoP's <c>htu</c>.</summary>
    public string? Scheme { get; init; }

    /// <inheritdoc cref="Scheme"/>
    public string? Host { get; init; }

    /// <summary>The path as it was sent, not decoded and without query; for DPoP's <c>htu</c>.</summary>
    public string? Path { get; init; }

    /// <summary>The TLS client's certificate, for certificate-bound tokens (RFC 8705): of the connection, or what a trusted proxy in front tells.</summary>
    public X509Certificate2? ClientCertificate
    {
        get => field ?? Tls?.ClientCertificate;
        init;
    }

    // Asked only for a bound token.
    private ITlsConnectionFeature? Tls { get; init; }

    /// <summary>A token was also, or only, sent where URLs and logs keep it: in the query (RFC 6750 §2.3).</summary>
    public bool TokenInQuery { get; init; }

    /// <summary>Reads <see cref="IdentityPoolIds"/>, of which there is at least one.</summary>
    /// <param name="options">How many may be named.</param>
    /// <param name="ids">The distinct ids, in their order.</param>
    /// <returns>Null, or why they cannot be read.</returns>
    public Refusal? ReadPools(IdentityOptions options, out IReadOnlyList<string> ids)
    {
        ArgumentNullException.ThrowIfNull(options);
        var refusal = PoolHeader.Read(PoolHeader.Joined(IdentityPoolIds) ?? "", options.MaxNamedPools, out var read);
        ids = read;
        return refusal;
    }

    /// <summary>Reads them from a request. Allocates nothing unless the client uses DPoP.</summary>
    public static PresentedCredentials From(HttpContext context)
    {
        var request = context.Request;
        var headers = request.Headers;
        var credentials = new PresentedCredentials(headers.Authorization, headers[PoolField])
        {
            TokenInQuery = request.QueryString.HasValue && HasToken(request.Query),
            Tls = context.Features.Get<ITlsConnectionFeature>(),
        };
        var proof = headers[DpopField];
        return proof.Count == 0
            ? credentials
            : credentials with
            {
                DpopProof = proof,
                Method = context.Features.Get<OriginalMethod>()?.Name ?? request.Method,
                Scheme = request.Scheme,
                Host = request.Host.Value,
                Path = RawPath(context),
            };
    }

    private static bool HasToken(IQueryCollection query) => query.ContainsKey("access_token");

    private static string RawPath(HttpContext context)
    {
        var target = context.Features.Get<IHttpRequestFeature>()?.RawTarget;
        if (string.IsNullOrEmpty(target) || target[0] != '/')
        {
            return context.Request.PathBase.Add(context.Request.Path).ToUriComponent();
        }

        var query = target.IndexOf('?', StringComparison.Ordinal);
        return query < 0 ? target : target[..query];
    }
}
