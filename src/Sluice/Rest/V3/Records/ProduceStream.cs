using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.InteropServices;
using System.Threading.Channels;
using Sluice.Http;
using Sluice.Kafka;
using Sluice.Kafka.Records;
using Sluice.SchemaRegistry;

namespace Sluice.Rest.V3.Records;

/// <summary>One produce request, be it one record or a stream of them: reads, produces and reports at the same time.</summary>
/// <remarks>
/// Two loops share a bounded queue. The reading loop cuts records off the body and produces each without waiting for the one before; the
/// reporting loop awaits the deliveries in input order and writes their reports. A full queue stops the reading, and with it the sender.
/// A record that names a schema is encoded before the next one is looked at, so that order holds; that waits only for a schema not yet known.
/// </remarks>
internal sealed class ProduceStream(
    ICluster cluster, string clusterId, string topic, DateTimeOffset? expires, ProduceSettings settings, SchemaCatalog? schemas, TimeProvider time)
{
    private readonly InFlightBytes _inFlight = new(settings.MaxInFlightBytes);
    private readonly DateTimeOffset _ends = time.GetUtcNow() + settings.MaxStreamDuration;
    private RecordBoundary _boundary;
    private bool _isClosed;
    private int _encodedLength;

    public async Task RunAsync(HttpContext context)
    {
        var body = context.Request.BodyReader;
        using var record = new ParsedRecord { AllowsSchemas = schemas is not null };
        using var reports = new ReportWriter(clusterId, topic);

        var read = await ReadFirstAsync(body, context.RequestAborted);
        if (read.Buffer.IsEmpty)
        {
            body.AdvanceTo(read.Buffer.End);
            await ErrorResult.WriteAsync(context, Errors.Payload("Request body is empty. Data is required."));
            return;
        }

        context.Response.ContentType = MediaTypes.Json;

        // One record in one piece is the common case: no queue, no second loop.
        var buffer = read.Buffer;
        var hasFirst = TryTake(ref buffer, read.IsCompleted, record, out var first);
        if (hasFirst && !first.IsOwed)
        {
            first = await EncodeAsync(record, context.RequestAborted);
        }

        if (hasFirst && (_isClosed || (read.IsCompleted && SkipBlank(buffer).IsEmpty)))
        {
            body.AdvanceTo(buffer.End);
            await WriteAsync(first, reports, context.Response.BodyWriter);
            return;
        }

        await StreamAsync(context, buffer, read.IsCompleted, first, record, reports);
    }

    /// <summary>The first bytes that are not blank; empty when there are none in the whole body.</summary>
    private static async ValueTask<ReadResult> ReadFirstAsync(PipeReader body, CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await body.ReadAsync(cancellationToken);
            var rest = SkipBlank(read.Buffer);
            if (!rest.IsEmpty || read.IsCompleted)
            {
                return new ReadResult(rest, read.IsCanceled, read.IsCompleted);
            }

            body.AdvanceTo(read.Buffer.End);
        }
    }

    private async Task StreamAsync(
        HttpContext context, ReadOnlySequence<byte> buffer, bool isCompleted, PendingReport first, ParsedRecord record, ReportWriter reports)
    {
        var queue = Channel.CreateBounded<PendingReport>(
            new BoundedChannelOptions(settings.MaxInFlightRecords) { SingleReader = true, SingleWriter = true });
        var reporting = ReportAsync(queue.Reader, reports, context.Response.BodyWriter);
        try
        {
            if (first.IsOwed)
            {
                await QueueAsync(queue.Writer, first);
            }

            await ReadAsync(context, buffer, isCompleted, record, queue.Writer);
        }
        finally
        {
            // What was produced is reported, also when the client's body broke off.
            queue.Writer.Complete();
            await reporting;
        }
    }

    private async Task ReadAsync(
        HttpContext context, ReadOnlySequence<byte> buffer, bool isCompleted, ParsedRecord record, ChannelWriter<PendingReport> queue)
    {
        var body = context.Request.BodyReader;
        while (true)
        {
            while (!_isClosed && TryTake(ref buffer, isCompleted, record, out var pending))
            {
                if (!pending.IsOwed)
                {
                    pending = await EncodeAsync(record, context.RequestAborted);
                }

                if (!TryQueue(queue, pending))
                {
                    await QueueAsync(queue, pending);
                }
            }

            body.AdvanceTo(buffer.Start, buffer.End);
            if (_isClosed || isCompleted)
            {
                return;
            }

            var read = await body.ReadAsync(context.RequestAborted);
            (buffer, isCompleted) = (read.Buffer, read.IsCompleted);
        }
    }

    /// <returns>False when there is no room now.</returns>
    private bool TryQueue(ChannelWriter<PendingReport> queue, in PendingReport pending)
    {
        if (!_inFlight.HasRoom || !queue.TryWrite(pending))
        {
            return false;
        }

        _inFlight.Add(pending.Bytes);
        return true;
    }

    /// <summary>Queues first and waits then, so that a record larger than the whole window passes too.</summary>
    private async ValueTask QueueAsync(ChannelWriter<PendingReport> queue, PendingReport pending)
    {
        _inFlight.Add(pending.Bytes);
        await queue.WriteAsync(pending, CancellationToken.None);
        await _inFlight.WaitForRoomAsync();
    }

    /// <summary>Takes one record off <paramref name="buffer"/> and produces it; one that names a schema is only taken, and owes nothing yet.</summary>
    /// <returns>False when the buffer holds no whole record.</returns>
    private bool TryTake(ref ReadOnlySequence<byte> buffer, bool isCompleted, ParsedRecord record, out PendingReport pending)
    {
        pending = default;
        if (_boundary.Scanned == 0)
        {
            buffer = SkipBlank(buffer);
            if (buffer.IsEmpty)
            {
                return false;
            }

            var isFinal = isCompleted && buffer.IsSingleSegment;
            var outcome = RecordReader.TryRead(buffer.FirstSpan, isFinal, record, out var length);
            if (outcome != ReadOutcome.NeedMore)
            {
                pending = Accept(outcome, buffer.FirstSpan, length, record);
                buffer = buffer.Slice(length);
                return true;
            }
        }

        return TryTakeInPieces(ref buffer, isCompleted, record, out pending);
    }

    /// <summary>The slow way, for a record that spans reads or segments.</summary>
    private bool TryTakeInPieces(ref ReadOnlySequence<byte> buffer, bool isCompleted, ParsedRecord record, out PendingReport pending)
    {
        pending = default;
        var length = _boundary.Scan(buffer);
        if (length < 0 && buffer.Length > settings.MaxRecordJsonBytes)
        {
            pending = Close(400, $"Bad Request: the record is larger than allowed threshold of {settings.MaxRecordJsonBytes} bytes.");
            return true;
        }

        if (length < 0 && !isCompleted)
        {
            return false;
        }

        // Its end has come, or the body ended without it: the parser says what is wrong then.
        length = length < 0 ? buffer.Length : length;
        var whole = ArrayPool<byte>.Shared.Rent((int)length);
        try
        {
            buffer.Slice(0, length).CopyTo(whole);
            var text = whole.AsSpan(0, (int)length);
            var outcome = RecordReader.TryRead(text, isFinal: true, record, out _);
            pending = Accept(outcome, text, (int)length, record);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(whole);
        }

        buffer = buffer.Slice(length);
        _boundary = default;
        return true;
    }

    private PendingReport Accept(ReadOutcome outcome, ReadOnlySpan<byte> text, int length, ParsedRecord record)
    {
        if (outcome == ReadOutcome.Malformed)
        {
            return Close(record.ErrorCode, record.ErrorMessage!);
        }

        if (length > settings.MaxRecordJsonBytes)
        {
            return Close(400, $"Bad Request: the record is larger than allowed threshold of {settings.MaxRecordJsonBytes} bytes.");
        }

        var now = time.GetUtcNow();
        if (now >= expires)
        {
            return Close(40101, "Authentication failed: the token expired while the stream was open. Connection will be closed.");
        }

        if (now >= _ends)
        {
            return Close(408, "Streaming connection open for longer than allowed: Connection will be closed.");
        }

        if (record.ErrorCode != 0)
        {
            return PendingReport.Of(record.ErrorCode, record.ErrorMessage!);
        }

        if (record.NeedsSchemas)
        {
            record.Key.Detach(text);
            record.Value.Detach(text);
            _encodedLength = length;
            return default;
        }

        return Produce(record, text, length);
    }

    /// <summary>Encodes a record that <see cref="Accept"/> left for it, and produces it.</summary>
    private async ValueTask<PendingReport> EncodeAsync(ParsedRecord record, CancellationToken cancellationToken)
    {
        var failure = await EncodeAsync(record.Key, isKey: true, cancellationToken) ?? await EncodeAsync(record.Value, isKey: false, cancellationToken);
        return failure is { } problem
            ? PendingReport.Of(422, $"Error: {problem.Code} : {problem.Message}")
            : Produce(record, [], _encodedLength);
    }

    private async ValueTask<SchemaFailure?> EncodeAsync(ParsedData data, bool isKey, CancellationToken cancellationToken)
    {
        if (data.Choice is not { } choice)
        {
            return null;
        }

        var encoded = await schemas!.EncodeAsync(choice, topic, isKey, data.SchemaData, cancellationToken);
        if (encoded.Failure is null)
        {
            data.SetEncoded(encoded);
        }

        return encoded.Failure;
    }

    private PendingReport Produce(ParsedRecord record, ReadOnlySpan<byte> text, int length)
    {
        var delivery = cluster.ProduceAsync(new RecordToProduce
        {
            Topic = topic,
            Partition = record.Partition,
            HasKey = record.Key.HasBytes,
            Key = record.Key.Bytes(text),
            HasValue = record.Value.HasBytes,
            Value = record.Value.Bytes(text),
            Headers = CollectionsMarshal.AsSpan(record.Headers),
            Timestamp = record.Timestamp,
        });
        return PendingReport.Of(delivery, record, length);
    }

    private PendingReport Close(int code, string message)
    {
        _isClosed = true;
        return PendingReport.Of(code, message);
    }

    private async Task ReportAsync(ChannelReader<PendingReport> queue, ReportWriter reports, PipeWriter output)
    {
        var isGone = false;
        while (await queue.WaitToReadAsync(CancellationToken.None))
        {
            while (queue.TryRead(out var pending))
            {
                // Before waiting for one delivery, let the client have the reports it is owed.
                if (!isGone && !pending.IsKnown && output.UnflushedBytes > 0)
                {
                    isGone = await FlushAsync(output);
                }

                var delivery = pending.ErrorCode != 0 ? default : await pending.Delivery;
                _inFlight.Remove(pending.Bytes);
                if (isGone)
                {
                    continue;
                }

                Write(pending, delivery, reports, output);
                if (output.UnflushedBytes > 16 * 1024)
                {
                    isGone = await FlushAsync(output);
                }
            }

            isGone = isGone || await FlushAsync(output);
        }
    }

    private static async Task WriteAsync(PendingReport pending, ReportWriter reports, PipeWriter output)
    {
        var delivery = pending.ErrorCode != 0 ? default : await pending.Delivery;
        Write(pending, delivery, reports, output);
        await FlushAsync(output);
    }

    private static void Write(in PendingReport pending, in DeliveryReport delivery, ReportWriter reports, PipeWriter output)
    {
        if (pending.ErrorCode != 0)
        {
            reports.WriteError(output, pending.ErrorCode, pending.ErrorMessage);
        }
        else
        {
            reports.Write(output, delivery, pending.Key, pending.Value);
        }
    }

    /// <returns>True when nobody reads any more.</returns>
    private static async ValueTask<bool> FlushAsync(PipeWriter output)
    {
        try
        {
            return (await output.FlushAsync(CancellationToken.None)).IsCompleted;
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException or InvalidOperationException)
        {
            return true;
        }
    }

    private static ReadOnlySequence<byte> SkipBlank(ReadOnlySequence<byte> buffer)
    {
        foreach (var segment in buffer)
        {
            var at = segment.Span.IndexOfAnyExcept(" \t\r\n"u8);
            if (at >= 0)
            {
                return buffer.Slice(at);
            }

            buffer = buffer.Slice(segment.Length);
        }

        return buffer;
    }
}
