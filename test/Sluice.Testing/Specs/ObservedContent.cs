using System.Net;
using System.Text;

namespace Sluice.Testing.Specs;

/// <summary>A response body that is looked at once its end has been read, without holding anything up meanwhile.</summary>
/// <remarks>Of a body longer than <see cref="Limit"/> only the whole lines of the beginning are looked at.</remarks>
internal sealed class ObservedContent : HttpContent
{
    private const int Limit = 256 * 1024;

    private readonly HttpContent _inner;
    private readonly Action<string> _atEnd;

    public ObservedContent(HttpContent inner, Action<string> atEnd)
    {
        (_inner, _atEnd) = (inner, atEnd);
        foreach (var header in inner.Headers)
        {
            Headers.TryAddWithoutValidation(header.Key, header.Value);
        }
    }

    protected override async Task<Stream> CreateContentReadStreamAsync() => new ObservedStream(await _inner.ReadAsStreamAsync(), _atEnd);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        await using var source = new ObservedStream(await _inner.ReadAsStreamAsync(cancellationToken), _atEnd);
        await source.CopyToAsync(stream, cancellationToken);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _inner.Headers.ContentLength ?? 0;
        return _inner.Headers.ContentLength is not null;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private sealed class ObservedStream(Stream inner, Action<string> atEnd) : Stream
    {
        private readonly MemoryStream _seen = new();
        private bool _ended;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = inner.Read(buffer, offset, count);
            See(buffer.AsSpan(offset, read), count);
            return read;
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await inner.ReadAsync(buffer, cancellationToken);
            See(buffer.Span[..read], buffer.Length);
            return read;
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override void Flush() => inner.Flush();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                inner.Dispose();
                _seen.Dispose();
            }

            base.Dispose(disposing);
        }

        private void See(ReadOnlySpan<byte> read, int asked)
        {
            if (_seen.Length < Limit)
            {
                _seen.Write(read);
            }

            if (!read.IsEmpty || asked == 0 || _ended)
            {
                return;
            }

            _ended = true;
            var text = Encoding.UTF8.GetString(_seen.GetBuffer().AsSpan(0, (int)_seen.Length));
            atEnd(_seen.Length < Limit ? text : text[..(text.LastIndexOf('\n') + 1)]);
        }
    }
}
