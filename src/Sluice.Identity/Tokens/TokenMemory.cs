using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Sluice.Identity.Tokens;

/// <summary>
/// Tokens checked before. Found by their text; in front of that by the very string object, since Kestrel gives each request of a connection the same
/// string when the client sends the same field again.
/// </summary>
/// <remarks>
/// Never more than the bounds, in entries and in bytes: an eighth of the bytes is for strings that tokens were found in, the rest for two generations
/// of tokens. New tokens go to the young one; when the next would make it more than half, it becomes the old one and the old one is dropped. A token
/// found in the old generation moves to the young one, so what is in use stays. A token larger than half is not remembered.
/// </remarks>
internal sealed class TokenMemory
{
    private const int Slots = 256;
    private const int SlotBytes = 40;

    // Room made at once, so that a flood of new tokens does not pay for growing tables; beyond it they grow.
    private const int MaxPreparedEntries = 50_000;

    private readonly Slot?[] _slots = new Slot?[Slots];
    private readonly Lock _lock = new();
    private readonly int _maxEntries;
    private readonly long _maxBytes;
    private readonly long _maxTiedBytes;

    // Read without the lock, changed under it.
    private volatile Generation _young;
    private volatile Generation _old;
    private long _tiedBytes;

    public TokenMemory(int maxEntries, long maxBytes)
    {
        _maxEntries = maxEntries / 2;
        _maxTiedBytes = maxBytes / 8;
        _maxBytes = (maxBytes - _maxTiedBytes) / 2;
        _young = new Generation(_maxEntries);
        _old = new Generation(0);
    }

    /// <summary>How many tokens are remembered.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _young.Count + _old.Count;
            }
        }
    }

    /// <summary>How much memory they take, about, in bytes; rather more than less.</summary>
    public long Bytes
    {
        get
        {
            lock (_lock)
            {
                return _young.Bytes + _old.Bytes + Volatile.Read(ref _tiedBytes);
            }
        }
    }

    /// <summary>The token that this very string held.</summary>
    /// <remarks>HOT: no hashing of the text.</remarks>
    public CheckedToken? Find(string field) =>
        Volatile.Read(ref _slots[SlotOf(field)]) is { } slot && ReferenceEquals(slot.Field, field) ? slot.Token : null;

    /// <summary>The token with exactly this text.</summary>
    public CheckedToken? Find(ReadOnlySpan<char> text)
    {
        if (_young.ByText.TryGetValue(text, out var token))
        {
            return token;
        }

        if (!_old.ByText.TryGetValue(text, out token))
        {
            return null;
        }

        Add(token);
        return token;
    }

    /// <summary>Remembers the token, in place of one with the same text.</summary>
    public void Add(CheckedToken token)
    {
        lock (_lock)
        {
            Forget(token);
            if (token.Bytes > _maxBytes)
            {
                return;
            }

            if (!HasRoom(token.Bytes, entries: 1))
            {
                Turn();
            }

            _young.Add(token);
        }
    }

    /// <summary>Lets a remembered token have more, for an answer; false when there is no room.</summary>
    public bool TryGrow(CheckedToken token, int bytes)
    {
        lock (_lock)
        {
            if (!_young.Has(token) || !HasRoom(bytes, entries: 0))
            {
                return false;
            }

            token.AnswerBytes += bytes;
            _young.Bytes += bytes;
            return true;
        }
    }

    /// <summary>Ties the token to the string it came in, if there is room.</summary>
    public void Tie(string field, CheckedToken token)
    {
        // The token is counted again: the slot may be what keeps it when the generations have let it go.
        var bytes = SlotBytes + (2 * field.Length) + token.Bytes;
        if (Interlocked.Add(ref _tiedBytes, bytes) > _maxTiedBytes)
        {
            Interlocked.Add(ref _tiedBytes, -bytes);
            return;
        }

        Replace(SlotOf(field), new Slot(field, token, bytes));
    }

    public void Remove(CheckedToken token, string field)
    {
        lock (_lock)
        {
            Forget(token);
        }

        Replace(SlotOf(field), null);
    }

    private static int SlotOf(string field) => RuntimeHelpers.GetHashCode(field) & (Slots - 1);

    private void Replace(int at, Slot? slot)
    {
        if (Interlocked.Exchange(ref _slots[at], slot) is { } before)
        {
            Interlocked.Add(ref _tiedBytes, -before.Bytes);
        }
    }

    // The three below under the lock.
    private bool HasRoom(int bytes, int entries) => _young.Bytes + bytes <= _maxBytes && _young.Count + entries <= _maxEntries;

    private void Forget(CheckedToken token)
    {
        _young.Remove(token);
        _old.Remove(token);
    }

    private void Turn()
    {
        _old = _young;
        _young = new Generation(_maxEntries);

        // Tied tokens come by the longer way once, which tells that they are in use.
        for (var i = 0; i < Slots; i++)
        {
            Replace(i, null);
        }
    }

    private sealed class Generation
    {
        private readonly ConcurrentDictionary<CheckedToken, CheckedToken> _tokens;

        public Generation(int maxEntries)
        {
            _tokens = new(concurrencyLevel: 1, Math.Min(maxEntries, MaxPreparedEntries), TokenTextComparer.Instance);
            ByText = _tokens.GetAlternateLookup<ReadOnlySpan<char>>();
        }

        public ConcurrentDictionary<CheckedToken, CheckedToken>.AlternateLookup<ReadOnlySpan<char>> ByText { get; }

        public int Count { get; private set; }

        public long Bytes { get; set; }

        public bool Has(CheckedToken token) => _tokens.TryGetValue(token, out var held) && ReferenceEquals(held, token);

        public void Add(CheckedToken token)
        {
            if (_tokens.TryAdd(token, token))
            {
                Count++;
                Bytes += token.Bytes;
            }
        }

        public void Remove(CheckedToken token)
        {
            if (Count > 0 && _tokens.TryRemove(token, out var held))
            {
                Count--;
                Bytes -= held.Bytes;
            }
        }
    }

    private sealed record Slot(string Field, CheckedToken Token, int Bytes);
}
