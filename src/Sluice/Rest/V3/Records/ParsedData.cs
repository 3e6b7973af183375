using System.Buffers;
using Sluice.SchemaRegistry;

namespace Sluice.Rest.V3.Records;

/// <summary>A key or value: either a slice of the request's own bytes or decoded bytes kept here.</summary>
internal sealed class ParsedData : IDisposable
{
    private byte[] _decoded = [];
    private bool _isDecoded;
    private int _start;
    private int _length;

    public DataFormat Format { get; set; }

    /// <summary>Which schema the client chose, while the data is still to be encoded with it; see <see cref="SchemaData"/>.</summary>
    public SchemaChoice? Choice { get; private set; }

    /// <summary>The JSON to encode with <see cref="Choice"/>; null for null data.</summary>
    public byte[]? SchemaData { get; private set; }

    /// <summary>The schema that the bytes were encoded with.</summary>
    public ResolvedSchema? Schema { get; private set; }

    /// <summary>False for null bytes.</summary>
    public bool HasBytes { get; private set; }

    /// <summary>Bytes as stored; -1 when a type was given but the data was null (Kafka's convention).</summary>
    public int Size => HasBytes ? _length : -1;

    public void Reset()
    {
        Format = DataFormat.None;
        HasBytes = false;
        _length = 0;
        Choice = null;
        SchemaData = null;
        Schema = null;
    }

    /// <summary>The bytes have yet to be made, out of a copy of the JSON.</summary>
    public void SetChoice(SchemaChoice choice, byte[]? json) => (Choice, SchemaData) = (choice, json);

    /// <summary>The bytes that <see cref="Choice"/> was waiting for.</summary>
    public void SetEncoded(in EncodedData encoded)
    {
        Schema = encoded.Schema;
        Format = DataFormats.Of(Schema!.Type);
        if (encoded.Bytes is { } bytes)
        {
            bytes.CopyTo(Room(bytes.Length));
            SetDecoded(bytes.Length);
        }
    }

    /// <summary>Copies what still points into the request, so that it may go.</summary>
    public void Detach(ReadOnlySpan<byte> text)
    {
        if (HasBytes && !_isDecoded)
        {
            var slice = text.Slice(_start, _length);
            slice.CopyTo(Room(_length));
            SetDecoded(_length);
        }
    }

    /// <summary>The bytes are this slice of the record's text.</summary>
    public void SetSlice(int start, int length)
    {
        (_isDecoded, HasBytes, _start, _length) = (false, true, start, length);
    }

    /// <summary>Room for decoded bytes; say how many there were with <see cref="SetDecoded"/>.</summary>
    public Span<byte> Room(int size)
    {
        if (_decoded.Length < size)
        {
            Return();
            _decoded = ArrayPool<byte>.Shared.Rent(size);
        }

        return _decoded;
    }

    public void SetDecoded(int length)
    {
        (_isDecoded, HasBytes, _start, _length) = (true, true, 0, length);
    }

    public ReadOnlySpan<byte> Bytes(ReadOnlySpan<byte> text) =>
        !HasBytes ? default : _isDecoded ? _decoded.AsSpan(0, _length) : text.Slice(_start, _length);

    public void Dispose() => Return();

    private void Return()
    {
        if (_decoded.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_decoded);
            _decoded = [];
        }
    }
}
