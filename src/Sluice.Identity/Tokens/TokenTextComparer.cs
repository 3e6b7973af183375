using System.Runtime.InteropServices;

namespace Sluice.Identity.Tokens;

/// <summary>
/// Tells tokens apart by their whole text: nothing but the very token that was checked is ever found again. The hash is made of the text's end only,
/// which is the signature: no two signatures end alike but by chance, and only tokens whose signature held are kept, so nobody can fill one bucket.
/// <see cref="HashCode"/> differs from process to process besides.
/// </summary>
internal sealed class TokenTextComparer : IEqualityComparer<CheckedToken>, IAlternateEqualityComparer<ReadOnlySpan<char>, CheckedToken>
{
    private const int Hashed = 32;

    public static TokenTextComparer Instance { get; } = new();

    public bool Equals(CheckedToken? x, CheckedToken? y) => ReferenceEquals(x, y) || (x is not null && y is not null && x.Text.SequenceEqual(y.Text));

    public bool Equals(ReadOnlySpan<char> alternate, CheckedToken other) => other.Text.SequenceEqual(alternate);

    public int GetHashCode(CheckedToken obj) => GetHashCode(obj.Text);

    public int GetHashCode(ReadOnlySpan<char> alternate)
    {
        var end = alternate[^Math.Min(Hashed, alternate.Length)..];
        var hash = new HashCode();
        hash.Add(alternate.Length);
        hash.AddBytes(MemoryMarshal.AsBytes(end));
        return hash.ToHashCode();
    }

    public CheckedToken Create(ReadOnlySpan<char> alternate) => throw new NotSupportedException("A token is remembered after it was checked.");
}
