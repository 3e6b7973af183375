using Sluice.Kafka.Client.Minting;

namespace Sluice.Serve;

// The public keys by which brokers check the gateway's tokens
//   GET /.well-known/broker-keys.json   a JWKS (RFC 7517); for everybody, as every JWKS

internal static class BrokerKeysEndpoint
{
    public const string Path = "/.well-known/broker-keys.json";

    public static void MapBrokerKeys(this IEndpointRouteBuilder app, SigningKeyRing ring) => app.MapGet(Path, context =>
    {
        // A new key signs only after PublishBeforeUse, and nobody may keep the old list for longer than that.
        context.Response.Headers.CacheControl = "public, max-age=30";
        context.Response.ContentType = "application/jwk-set+json";
        return context.Response.WriteAsync(ring.Jwks, context.RequestAborted);
    });
}
