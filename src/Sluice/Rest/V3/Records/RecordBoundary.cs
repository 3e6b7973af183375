using System.Buffers;

namespace Sluice.Rest.V3.Records;

/// <summary>
/// Finds where a record ends when it arrives in pieces: looks at each byte once, however many pieces there are, so that a client that
/// sends a large record slowly cannot make it cost more than its length.
/// </summary>
internal struct RecordBoundary
{
    private static readonly SearchValues<byte> Structural = SearchValues.Create("\"{}[]"u8);
    private static readonly SearchValues<byte> InString = SearchValues.Create("\"\\"u8);

    private int _depth;
    private bool _inString;
    private bool _escaped;

    /// <summary>Bytes looked at so far, from the record's start.</summary>
    public long Scanned { get; private set; }

    /// <summary>Looks at what is new in <paramref name="record"/>, which starts at the record's first byte.</summary>
    /// <returns>The record's length, or -1 when its end has not come.</returns>
    public long Scan(ReadOnlySequence<byte> record)
    {
        foreach (var segment in record.Slice(Scanned))
        {
            var end = Scan(segment.Span);
            if (end >= 0)
            {
                return Scanned += end;
            }

            Scanned += segment.Length;
        }

        return -1;
    }

    private int Scan(ReadOnlySpan<byte> bytes)
    {
        var at = 0;
        if (_escaped && bytes.Length > 0)
        {
            _escaped = false;
            at = 1;
        }

        while (true)
        {
            var next = bytes[at..].IndexOfAny(_inString ? InString : Structural);
            if (next < 0)
            {
                return -1;
            }

            at += next + 1;
            switch (bytes[at - 1])
            {
                case (byte)'"':
                    _inString = !_inString;
                    break;
                case (byte)'\\' when at == bytes.Length:
                    _escaped = true;
                    return -1;
                case (byte)'\\':
                    at++;
                    break;
                case (byte)'{' or (byte)'[':
                    _depth++;
                    break;
                default:
                    if (--_depth <= 0)
                    {
                        return at;
                    }

                    break;
            }
        }
    }
}
