using System.Buffers;
using Microsoft.Extensions.Primitives;

namespace Sluice.Identity.Credentials;

internal enum AuthorizationScheme
{
    Bearer,
    Dpop,
    Basic,
}

/// <summary>One <c>Authorization</c> field, cut into scheme and credentials (RFC 9110 §11.4, RFC 6750 §2.1).</summary>
/// <remarks>HOT: AuthenticatorAllocationTests holds it at zero bytes.</remarks>
internal readonly struct AuthorizationHeader
{
    // RFC 6750's b64token, without its trailing "=".
    private static readonly SearchValues<char> TokenCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~+/");

    private readonly string _field;
    private readonly int _start;

    private AuthorizationHeader(AuthorizationScheme scheme, string field, int start)
    {
        Scheme = scheme;
        _field = field;
        _start = start;
    }

    public AuthorizationScheme Scheme { get; }

    /// <summary>The whole field.</summary>
    public string Field => _field;

    /// <summary>Where in <see cref="Field"/> the credentials begin.</summary>
    public int Start => _start;

    /// <summary>What follows the scheme.</summary>
    public ReadOnlySpan<char> Value => _field.AsSpan(_start);

    /// <returns>Null when <paramref name="header"/> holds the result; otherwise why not.</returns>
    public static Refusal? Read(in StringValues fields, out AuthorizationHeader header)
    {
        header = default;
        if (fields.Count == 0 || (fields.Count == 1 && string.IsNullOrEmpty(fields[0])))
        {
            return Refusals.NoCredentials;
        }

        if (fields.Count > 1)
        {
            return Refusals.TwoCredentials;
        }

        var field = fields[0]!;
        var space = field.IndexOf(' ', StringComparison.Ordinal);
        if (space <= 0)
        {
            return Refusals.MalformedAuthorization;
        }

        AuthorizationScheme scheme;
        switch (field.AsSpan(0, space))
        {
            case var s when s.Equals("Bearer", StringComparison.OrdinalIgnoreCase):
                scheme = AuthorizationScheme.Bearer;
                break;
            case var s when s.Equals("DPoP", StringComparison.OrdinalIgnoreCase):
                scheme = AuthorizationScheme.Dpop;
                break;
            case var s when s.Equals("Basic", StringComparison.OrdinalIgnoreCase):
                scheme = AuthorizationScheme.Basic;
                break;
            default:
                return Refusals.UnknownScheme;
        }

        while (space < field.Length && field[space] == ' ')
        {
            space++;
        }

        header = new AuthorizationHeader(scheme, field, space);
        return IsToken68(header.Value) ? null : Refusals.MalformedAuthorization;
    }

    private static bool IsToken68(ReadOnlySpan<char> value)
    {
        var body = value.TrimEnd('=');
        return !body.IsEmpty && body.IndexOfAnyExcept(TokenCharacters) < 0;
    }
}
