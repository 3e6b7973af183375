using System.Text;

using Sluice.Kafka.Records;

namespace Sluice.Kafka.Embedded.Log;

/// <summary>
/// The part of a stored record that does not depend on its place in the log: key, value, headers. Encoded once, on the caller's thread.
/// </summary>
/// <remarks>
/// Lengths are signed varints, -1 for null; then bytes. Header names are UTF-8. HOT: no allocation.
/// </remarks>
internal static class RecordBody
{
    public static int SizeOf(in RecordToProduce record)
    {
        var size = (long)SizeOf(record.HasKey, record.Key.Length) + SizeOf(record.HasValue, record.Value.Length)
            + Varint.LengthOf((uint)record.Headers.Length);
        foreach (ref readonly var header in record.Headers)
        {
            var name = Encoding.UTF8.GetByteCount(header.Name);
            size += Varint.LengthOf((uint)name) + name + (long)SizeOf(header.Value.HasValue, header.Value.GetValueOrDefault().Length);
        }

        return size > int.MaxValue ? int.MaxValue : (int)size;
    }

    /// <returns>How many bytes were written: what <see cref="SizeOf(in RecordToProduce)"/> said.</returns>
    public static int Write(Span<byte> to, in RecordToProduce record)
    {
        var at = WriteNullable(to, record.HasKey, record.Key);
        at += WriteNullable(to[at..], record.HasValue, record.Value);
        at += Varint.Write(to[at..], (uint)record.Headers.Length);
        foreach (ref readonly var header in record.Headers)
        {
            at += Varint.Write(to[at..], (uint)Encoding.UTF8.GetByteCount(header.Name));
            at += Encoding.UTF8.GetBytes(header.Name, to[at..]);
            at += WriteNullable(to[at..], header.Value.HasValue, header.Value.GetValueOrDefault().Span);
        }

        return at;
    }

    /// <exception cref="InvalidDataException">The bytes are not a record.</exception>
    public static (ReadOnlyMemory<byte>? Key, ReadOnlyMemory<byte>? Value, IReadOnlyList<RecordHeader> Headers) Read(ReadOnlyMemory<byte> body)
    {
        var at = 0;
        var key = ReadNullable(body, ref at);
        var value = ReadNullable(body, ref at);
        var count = Varint.Read(body.Span, ref at);
        if (count == 0)
        {
            return (key, value, []);
        }

        // A header takes two bytes at least: a larger count is not ours.
        if (count > (ulong)(body.Length - at) / 2)
        {
            throw new InvalidDataException("A stored record claims more headers than it can hold.");
        }

        var headers = new RecordHeader[(int)count];
        for (var i = 0; i < headers.Length; i++)
        {
            var name = Slice(body, Varint.Read(body.Span, ref at), ref at);
            headers[i] = new(Encoding.UTF8.GetString(name.Span), ReadNullable(body, ref at));
        }

        return (key, value, headers);
    }

    /// <summary>Only the key: what compaction needs.</summary>
    public static ReadOnlyMemory<byte>? ReadKey(ReadOnlyMemory<byte> body)
    {
        var at = 0;
        return ReadNullable(body, ref at);
    }

    /// <summary>Whether the value is null: a tombstone.</summary>
    public static bool IsTombstone(ReadOnlyMemory<byte> body)
    {
        var at = 0;
        _ = ReadNullable(body, ref at);
        return ReadNullable(body, ref at) is null;
    }

    private static int SizeOf(bool present, int length) => present ? Varint.LengthOfSigned(length) + length : 1;

    private static int WriteNullable(Span<byte> to, bool present, ReadOnlySpan<byte> bytes)
    {
        if (!present)
        {
            return Varint.WriteSigned(to, -1);
        }

        var at = Varint.WriteSigned(to, bytes.Length);
        bytes.CopyTo(to[at..]);
        return at + bytes.Length;
    }

    private static ReadOnlyMemory<byte>? ReadNullable(ReadOnlyMemory<byte> body, ref int at)
    {
        var length = Varint.ReadSigned(body.Span, ref at);
        // The cast matters: a bare null would become an empty memory.
        return length < 0 ? (ReadOnlyMemory<byte>?)null : Slice(body, (ulong)length, ref at);
    }

    private static ReadOnlyMemory<byte> Slice(ReadOnlyMemory<byte> body, ulong length, ref int at)
    {
        if (length > (ulong)(body.Length - at))
        {
            throw new InvalidDataException("A stored record is cut short.");
        }

        var slice = body.Slice(at, (int)length);
        at += (int)length;
        return slice;
    }
}
