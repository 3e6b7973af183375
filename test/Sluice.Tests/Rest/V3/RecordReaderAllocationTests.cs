using Sluice.Rest.V3.Records;

namespace Sluice.Tests.Rest.V3;

/// <summary>The promise in <see cref="RecordReader"/>'s remarks.</summary>
public sealed class RecordReaderAllocationTests
{
    [Theory]
    [InlineData("""{"key":{"type":"STRING","data":"k"},"value":{"type":"JSON","data":{"a":1}},"partition_id":3}""")]
    [InlineData("""{"value":{"type":"JSON","data":{"a": [1, 2]}},"timestamp":"2026-01-31T12:00:00Z"}""")]
    [InlineData("""{"value":{"type":"BINARY","data":"aGVsbG8="}}""")]
    [InlineData("""{"value":{"type":"STRING","data":"line\nbreak"}}""")]
    public void A_record_without_headers_is_read_without_allocating(string text)
    {
        var buffer = System.Text.Encoding.UTF8.GetBytes(text + "{}");
        using var record = new ParsedRecord();
        Read();

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            Read();
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Read()
        {
            var outcome = RecordReader.TryRead(buffer, isFinal: false, record, out var consumed);
            if (outcome != ReadOutcome.Complete || consumed != buffer.Length - 2 || record.ErrorCode != 0)
            {
                throw new InvalidOperationException(record.ErrorMessage);
            }
        }
    }
}
