using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Sluice.Identity.Tokens;

/// <summary>
/// Tokens checked before. Found by SHA-256; in front of that by the very string object, since Kestrel gives each request of a connection the same
/// string when the client sends the same field again.
/// </summary>
/// <remarks>
/// Bounded in entries and bytes by two generations: new tokens go to the young one, and when that is half the bounds, it becomes the old one and the
/// old one is dropped. A token found in the old generation moves to the young one, so what is in use stays.
/// </remarks>
internal sealed class TokenMemory(int maxEntries, long maxBytes)
{
    private const int Slots = 256;

    private readonly Slot?[] _slots = new Slot?[Slots];
    private readonly Lock _lock = new();
    private volatile Generation _young = new();
    private volatile Generation _old = new();

    /// <summary>How many tokens are remembered.</summary>
    public int Count => _young.Tokens.Count + _old.Tokens.Count;

    /// <summary>How much memory they take, about.</summary>
    public long Bytes => Volatile.Read(ref _young.Bytes) + Volatile.Read(ref _old.Bytes);

    /// <summary>The token that this very string held.</summary>
    /// <remarks>HOT: no hashing of the text.</remarks>
    public CheckedToken? Find(string field) =>
        Volatile.Read(ref _slots[SlotOf(field)]) is { } slot && ReferenceEquals(slot.Field, field) ? slot.Token : null;

    public CheckedToken? Find(in TokenHash hash)
    {
        if (_young.Tokens.TryGetValue(hash, out var token))
        {
            return token;
        }

        if (!_old.Tokens.TryGetValue(hash, out token))
        {
            return null;
        }

        Add(hash, token);
        return token;
    }

    public void Add(in TokenHash hash, CheckedToken token)
    {
        var young = _young;
        if (young.Tokens.TryAdd(hash, token))
        {
            Interlocked.Add(ref young.Bytes, token.Bytes);
            Interlocked.Increment(ref young.Added);
        }
        else
        {
            young.Tokens[hash] = token;
        }

        if (IsHalfFull(young))
        {
            Turn();
        }
    }

    /// <summary>Ties the token to the string it came in.</summary>
    public void Tie(string field, CheckedToken token) => Volatile.Write(ref _slots[SlotOf(field)], new Slot(field, token));

    public void Remove(in TokenHash hash, string field)
    {
        Remove(_young, hash);
        Remove(_old, hash);
        Volatile.Write(ref _slots[SlotOf(field)], null);
    }

    private static void Remove(Generation generation, in TokenHash hash)
    {
        if (generation.Tokens.TryRemove(hash, out var token))
        {
            Interlocked.Add(ref generation.Bytes, -token.Bytes);
        }
    }

    private static int SlotOf(string field) => RuntimeHelpers.GetHashCode(field) & (Slots - 1);

    // Additions are counted apart: ConcurrentDictionary.Count takes every lock.
    private bool IsHalfFull(Generation generation) =>
        Volatile.Read(ref generation.Bytes) >= maxBytes / 2 || Volatile.Read(ref generation.Added) >= Math.Max(1, maxEntries / 2);

    private void Turn()
    {
        lock (_lock)
        {
            if (IsHalfFull(_young))
            {
                _old = _young;
                _young = new Generation();
            }
        }
    }

    private sealed class Generation
    {
        public readonly ConcurrentDictionary<TokenHash, CheckedToken> Tokens = new();
        public long Bytes;
        public int Added;
    }

    private sealed record Slot(string Field, CheckedToken Token);
}
