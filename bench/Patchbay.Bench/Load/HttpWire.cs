using System.Globalization;
using System.Net.Sockets;

namespace Patchbay.Bench.Load;

/// <summary>
/// Just enough of HTTP/1.1 over one kept-alive socket: messages with a Content-Length. Cheap, so that the load costs the measured little.
/// </summary>
internal sealed class HttpWire(Socket socket) : IDisposable
{
    private static readonly byte[] Length = "\r\ncontent-length:"u8.ToArray();

    private readonly byte[] _buffer = new byte[64 * 1024];
    private int _used;

    public ValueTask<int> SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken) =>
        socket.SendAsync(message, cancellationToken);

    /// <summary>The next message, valid until the one after it is read; null at the end of the connection.</summary>
    public async ValueTask<(ReadOnlyMemory<byte> Head, ReadOnlyMemory<byte> Body)?> ReceiveAsync(CancellationToken cancellationToken)
    {
        _used = 0;   // strictly one message after the other: nothing is left over
        while (true)
        {
            var read = await socket.ReceiveAsync(_buffer.AsMemory(_used), cancellationToken);
            if (read == 0)
                return null;
            _used += read;
            var end = _buffer.AsSpan(0, _used).IndexOf("\r\n\r\n"u8);
            if (end < 0)
                continue;
            var body = LengthOf(_buffer.AsSpan(0, end + 2));
            if (_used >= end + 4 + body)
                return (_buffer.AsMemory(0, end), _buffer.AsMemory(end + 4, body));
        }
    }

    public void Dispose() => socket.Dispose();

    private static int LengthOf(ReadOnlySpan<byte> head)
    {
        for (var i = 0; i + Length.Length < head.Length; i++)
        {
            if (head[i] != '\r' || !System.Text.Ascii.EqualsIgnoreCase(head.Slice(i, Length.Length), Length))
                continue;
            var value = head[(i + Length.Length)..];
            return int.Parse(value[..value.IndexOf((byte)'\r')].Trim((byte)' '), CultureInfo.InvariantCulture);
        }

        return 0;
    }
}
