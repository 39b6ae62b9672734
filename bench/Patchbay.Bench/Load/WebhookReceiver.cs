using System.Collections.Concurrent;
using System.Text;
using Patchbay.Platform.Events;

namespace Patchbay.Bench.Load;

/// <summary>How an endpoint behaves.</summary>
internal enum Manner
{
    Takes,
    Fails,
    Hangs,
    IsSlow,
    Redirects,
    HangsUp,
    AnswersMuch,
}

/// <summary>Plays the endpoints of customers, each under a path of its own, and keeps which events came to it, in which order.</summary>
internal sealed class WebhookReceiver : IDisposable
{
    private static readonly byte[] Taken = "HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n"u8.ToArray();
    private static readonly byte[] Failed = "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n"u8.ToArray();
    private static readonly byte[] Elsewhere = "HTTP/1.1 302 Found\r\nLocation: /e/0\r\nContent-Length: 0\r\n\r\n"u8.ToArray();
    private static readonly byte[] Much =
        Encoding.ASCII.GetBytes("HTTP/1.1 500 Internal Server Error\r\nContent-Length: 100000000\r\n\r\n");
    private static readonly byte[] Chunk = new byte[64 * 1024];
    private static readonly byte[] IdHeader = "webhook-id:"u8.ToArray();

    private readonly RawServer _server;
    private readonly Manner[] _manners;
    private readonly Received[] _received;

    public WebhookReceiver(int endpoints)
    {
        _manners = new Manner[endpoints];
        _received = Enumerable.Range(0, endpoints).Select(_ => new Received()).ToArray();
        _server = new RawServer(ServeAsync);
    }

    public Uri AddressOf(int endpoint) => new($"http://127.0.0.1:{_server.Port}/e/{endpoint}");

    public void Behave(int endpoint, Manner manner) => _manners[endpoint] = manner;

    public Received Of(int endpoint) => _received[endpoint];

    public void Dispose() => _server.Dispose();

    private async Task ServeAsync(HttpWire wire, CancellationToken stop)
    {
        while (await wire.ReceiveAsync(stop) is var (head, _))
        {
            var (endpoint, id) = Read(head.Span);
            switch (_manners[endpoint])
            {
                case Manner.Takes:
                    _received[endpoint].Note(id);
                    await wire.SendAsync(Taken, stop);
                    break;
                case Manner.Fails:
                    await wire.SendAsync(Failed, stop);
                    break;
                case Manner.Redirects:
                    await wire.SendAsync(Elsewhere, stop);
                    break;
                case Manner.IsSlow:
                    await Task.Delay(TimeSpan.FromSeconds(3), TimeProvider.System, stop);
                    _received[endpoint].Note(id);
                    await wire.SendAsync(Taken, stop);
                    break;
                case Manner.Hangs:
                    await Task.Delay(TimeSpan.FromMinutes(2), TimeProvider.System, stop);
                    return;
                case Manner.HangsUp:
                    await wire.SendAsync(Taken.AsMemory(0, 20), stop);
                    return;
                case Manner.AnswersMuch:
                    await wire.SendAsync(Much, stop);
                    for (var sent = 0; sent < 100_000_000; sent += Chunk.Length)
                        await wire.SendAsync(Chunk, stop);
                    return;
            }
        }
    }

    private static (int Endpoint, EventId Id) Read(ReadOnlySpan<byte> head)
    {
        var text = Encoding.ASCII.GetString(head);
        var path = text.AsSpan("POST /e/".Length);
        var at = text.IndexOf(Encoding.ASCII.GetString(IdHeader), StringComparison.OrdinalIgnoreCase) + IdHeader.Length;
        var end = text.IndexOf('\r', at);
        return (int.Parse(path[..path.IndexOf(' ')], System.Globalization.CultureInfo.InvariantCulture),
            EventId.Parse(text[at..(end < 0 ? text.Length : end)].Trim(), null));
    }

    /// <summary>What came to one endpoint.</summary>
    internal sealed class Received
    {
        private readonly ConcurrentDictionary<EventId, long> _first = new();
        private readonly ConcurrentQueue<EventId> _order = new();
        private int _calls;

        public int Calls => Volatile.Read(ref _calls);

        public int Events => _first.Count;

        /// <summary>In the order in which each came for the first time.</summary>
        public IReadOnlyList<EventId> Order => [.. _order];

        public bool Has(EventId id) => _first.ContainsKey(id);

        /// <summary>Milliseconds between the making of an event and its first arrival.</summary>
        public IEnumerable<double> Latencies => _first.Select(pair => pair.Value - (double)MadeAt(pair.Key));

        public void Clear()
        {
            _first.Clear();
            _order.Clear();
            Volatile.Write(ref _calls, 0);
        }

        public void Note(EventId id)
        {
            Interlocked.Increment(ref _calls);
            if (_first.TryAdd(id, TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()))
                _order.Enqueue(id);
        }

        /// <summary>The first 48 bits of a UUIDv7.</summary>
        private static long MadeAt(EventId id) => Convert.ToInt64(id.Value.ToString("N")[..12], 16);
    }
}
