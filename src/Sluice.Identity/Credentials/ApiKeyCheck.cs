using System.Buffers;
using System.Buffers.Text;
using System.Text;
using Sluice.State;

namespace Sluice.Identity.Credentials;

/// <summary>HTTP Basic (RFC 7617): the API key's id is the user name, its secret the password.</summary>
internal static class ApiKeyCheck
{
    private const int MaxEncodedLength = 1024;

    // What an unknown id is checked against, so that it takes as long as a wrong secret.
    private static readonly string NobodysHash = ApiKeySecret.Hash(ApiKeySecret.Create());

    public static AuthenticationOutcome Check(ReadOnlySpan<char> encoded, GatewayState state)
    {
        if (encoded.Length > MaxEncodedLength)
        {
            return new AuthenticationOutcome(Refusals.BadApiKey);
        }

        Span<byte> utf8 = stackalloc byte[MaxEncodedLength];
        Span<byte> decoded = stackalloc byte[Base64.GetMaxDecodedFromUtf8Length(MaxEncodedLength)];
        if (Ascii.FromUtf16(encoded, utf8, out var length) != OperationStatus.Done
            || Base64.DecodeFromUtf8(utf8[..length], decoded, out _, out var written) != OperationStatus.Done)
        {
            return new AuthenticationOutcome(Refusals.MalformedBasic);
        }

        decoded = decoded[..written];
        var colon = decoded.IndexOf((byte)':');
        if (colon < 0 || !System.Text.Unicode.Utf8.IsValid(decoded))
        {
            return new AuthenticationOutcome(Refusals.MalformedBasic);
        }

        var key = state.ApiKeys.GetValueOrDefault(Encoding.UTF8.GetString(decoded[..colon]));
        var verified = ApiKeySecret.Verify(key?.SecretHash ?? NobodysHash, decoded[(colon + 1)..]);
        return verified && key is not null
            ? new AuthenticationOutcome(new Caller([key.Principal], CallerKind.ApiKey, ExternalIdentity: null)
            {
                ApiKeyId = key.Id,
                ResourceId = key.ResourceId,
            })
            : new AuthenticationOutcome(Refusals.BadApiKey);
    }
}
