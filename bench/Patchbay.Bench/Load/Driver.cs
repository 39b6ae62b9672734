using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Patchbay.Bench.Load;

/// <summary>Clients with kept-alive connections, each sending its next operation when the last was accepted.</summary>
/// <param name="request">The raw request of an operation.</param>
internal sealed class Driver(int port, Func<int, byte[]> request)
{
    /// <summary>As fast as it goes, for a while.</summary>
    public async Task<DriverRun> FloodAsync(int connections, TimeSpan duration, int most, CancellationToken cancellationToken)
    {
        var run = new DriverRun(most);
        var until = Stopwatch.GetTimestamp() + (long)(duration.TotalSeconds * Stopwatch.Frequency);
        await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(
            async () =>
            {
                using var wire = await ConnectAsync(cancellationToken);
                while (Stopwatch.GetTimestamp() < until && run.TryTake(out var number))
                    await SendAsync(wire, run, number, 0, cancellationToken);
            }, cancellationToken)));
        run.End();
        return run;
    }

    /// <summary>At a steady rate, whether or not the answers come in time: waiting for a late one counts.</summary>
    public async Task<DriverRun> PaceAsync(int connections, double perSecond, int operations, CancellationToken cancellationToken)
    {
        var run = new DriverRun(operations);
        var began = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(
            async () =>
            {
                using var wire = await ConnectAsync(cancellationToken);
                while (run.TryTake(out var number))
                {
                    var planned = began + (long)(number / perSecond * Stopwatch.Frequency);
                    var early = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), planned);
                    if (early > TimeSpan.Zero)
                    {
                        await Task.Delay(early, TimeProvider.System, cancellationToken);
                        planned = 0;   // the timer's own coarseness is not the hub's
                    }

                    await SendAsync(wire, run, number, planned, cancellationToken);
                }
            }, cancellationToken)));
        run.End();
        return run;
    }

    private async Task SendAsync(HttpWire wire, DriverRun run, int number, long planned, CancellationToken cancellationToken)
    {
        var message = request(number);
        var sent = Stopwatch.GetTimestamp();
        await wire.SendAsync(message, cancellationToken);
        var (head, body) = await wire.ReceiveAsync(cancellationToken)
            ?? throw new InvalidOperationException("The server closed the connection.");
        if (!head.Span.StartsWith("HTTP/1.1 202"u8))
            throw new InvalidOperationException(
                $"Not accepted: {Encoding.UTF8.GetString(head.Span)}\n{Encoding.UTF8.GetString(body.Span)}");
        run.Accepted(number, planned == 0 ? sent : planned, sent);
    }

    private async Task<HttpWire> ConnectAsync(CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
        return new HttpWire(socket);
    }
}

/// <summary>What the clients saw of one run.</summary>
internal sealed class DriverRun(int most)
{
    private readonly long[] _sent = new long[most];
    private readonly double[] _milliseconds = new double[most];
    private int _next = -1;
    private int _accepted;

    public long Began { get; } = Stopwatch.GetTimestamp();

    public TimeSpan Took { get; private set; }

    public int Count => Volatile.Read(ref _accepted);

    /// <summary>Milliseconds until an operation was accepted, in order.</summary>
    public double[] Acceptance => _milliseconds[..Count].Order().ToArray();

    /// <summary>Milliseconds between sending an operation and its provider being called, in order.</summary>
    public double[] UntilCalled(Sink sink) => Enumerable.Range(0, Count)
        .Where(number => sink.ArrivalOf(number) > 0)
        .Select(number => Stopwatch.GetElapsedTime(_sent[number], sink.ArrivalOf(number)).TotalMilliseconds)
        .Order().ToArray();

    public bool TryTake(out int number) => (number = Interlocked.Increment(ref _next)) < most;

    public void Accepted(int number, long since, long sent)
    {
        _sent[number] = sent;
        _milliseconds[number] = Stopwatch.GetElapsedTime(since).TotalMilliseconds;
        Interlocked.Increment(ref _accepted);
    }

    public void End() => Took = Stopwatch.GetElapsedTime(Began);
}
