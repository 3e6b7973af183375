using System.Buffers;

namespace Sluice.Dev.IdentityProvider;

/// <summary>RFC 6749 appendix A.4: <c>scope-token = 1*( %x21 / %x23-5B / %x5D-7E )</c>.</summary>
internal static class ScopeSyntax
{
    private static readonly SearchValues<char> Allowed =
        SearchValues.Create([.. Enumerable.Range(0x21, 0x5E).Select(code => (char)code).Where(c => c is not ('"' or '\\'))]);

    public static bool IsToken(string text) => text is not "" && !text.AsSpan().ContainsAnyExcept(Allowed);
}
