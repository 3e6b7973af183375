using System.Security.Cryptography;

namespace Sluice.State;

/// <summary>Makes ids such as <c>pool-4kx9w2mz</c>.</summary>
public static class ResourceId
{
    // No 0/o, 1/l: ids are read aloud and typed. 32 characters: each one is five bits.
    private const string Alphabet = "abcdefghijkmnpqrstuvwxyz23456789";
    private const string KeyAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private const int SuffixLength = 8;
    private const int KeyLength = 16;

    /// <summary>A new id; 40 random bits after the prefix.</summary>
    public static string Create(string prefix) => $"{prefix}-{RandomNumberGenerator.GetString(Alphabet, SuffixLength)}";

    /// <summary>A new API key id: 16 capitals and digits.</summary>
    public static string CreateApiKey() => RandomNumberGenerator.GetString(KeyAlphabet, KeyLength);
}
